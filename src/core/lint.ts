import { runEach, type Check, type FinalCheck } from "./checks.ts";
import { classOfScript, destroys } from "./classify.ts";
import type { Finding } from "./finding.ts";
import type { FixOffer, OfferFix } from "./fix.ts";
import { readNext, withFixed } from "./fixed-migration.ts";
import type {
  Change,
  Direction,
  Framework,
  Migration,
  MigrationScript,
  ProjectFault,
} from "./migration.ts";
import type { ObjectName } from "./name.ts";
import { applyOperation } from "./replay.ts";
import type { MigrationClass } from "./review.ts";
import { rawFinding, type ReportScene } from "./raw-finding.ts";
import { withProvenFixes } from "./prove-fixes.ts";
import type { Rule } from "./rule.ts";
import type { RuleCrash } from "./rule-crash.ts";
import { Schema } from "./schema.ts";
import type { SettingsOf } from "./settings.ts";
import type { Script } from "./statement.ts";
import type { Place, Span } from "./span.ts";
import type { FindUses } from "./uses.ts";
import { LintContext } from "./lint-context.ts";
import { type Earlier, Neighbours, otherHalf, rememberSettings, toldOf } from "./neighbours.ts";
import { placeIn } from "./statement.ts";
import {
  Settlement,
  type RawFinding,
  type LintedScript,
  type SuppressedFinding,
} from "./settlement.ts";

/** A migration whose scripts were read. */
export interface ReadMigration {
  readonly migration: Migration;
  readonly change: Change;
  readonly up: Script;
  /** Read for a changed migration only. */
  readonly down?: Script;
  /** What is run up after the down, where it is not the same; for a changed migration only. */
  readonly again?: Script;
  readonly faults: readonly ProjectFault[];
  /** It was edited, and does to a database what it did before. */
  readonly sameAsBase?: true;
}

export interface LintInput {
  readonly framework: Framework;
  /** The whole history, in order. */
  readonly migrations: readonly ReadMigration[];
  readonly rules: readonly Rule[];
  readonly preset: "recommended" | "strict";
  /** Major versions of PostgreSQL in use; empty: not known. */
  readonly postgres: readonly number[];
  readonly settingsOf: SettingsOf;
  readonly rows: (table: ObjectName) => number | undefined;
  /** Makes fixes of the rules' proposals. Absent: none is offered. */
  readonly offerFix?: OfferFix;
  /** What the first migrations come to, where that is known: then they are not looked at. */
  readonly earlier?: Earlier;
  /** Searches the repository for what a migration takes away. Absent: nothing is searched. */
  readonly findUses?: FindUses;
}

export interface LintedMigration {
  readonly migration: Migration;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly class: MigrationClass;
  /** Its up script removes something that no down script brings back. */
  readonly destructive: boolean;
}

export interface LintResult {
  /** The changed migrations, in order. */
  readonly migrations: readonly LintedMigration[];
  readonly crashes: readonly RuleCrash[];
  /** After the last migration. */
  readonly schema: Schema;
  /** What the migrations before the first changed one come to; absent where none changed. */
  readonly earlier?: Earlier;
}

/** Replays a project's history and lints every changed migration with the schema before it. Never throws for what a script holds. */
export function lintProject(input: LintInput): LintResult {
  const linter = new ProjectLinter(input);
  const migrations = input.migrations.flatMap((read, index) => linter.next(read, index) ?? []);
  const { crashes, schema, earlier } = linter;
  return { migrations, crashes, schema, ...(earlier && { earlier }) };
}

interface LintedHalf extends LintedScript {
  readonly destructive: boolean;
}

/** Where a fix would be made. */
interface FixScene {
  readonly read: ReadMigration;
  readonly index: number;
  /** The schema before the migration. */
  readonly before: Schema;
}

class ProjectLinter {
  readonly crashes: RuleCrash[] = [];
  readonly schema: Schema;
  readonly #input: LintInput;
  readonly #settlement: Settlement;
  readonly #neighbours: Neighbours;
  /** Settings of the session that some migration so far has set. */
  readonly everSet: Set<string>;
  /** What the migrations before the first changed one come to. */
  earlier: Earlier | undefined;
  /** Index of the last migration that the base branch has. */
  readonly #lastOnBase: number;

  constructor(input: LintInput) {
    this.#input = input;
    this.#settlement = new Settlement(input);
    this.#neighbours = new Neighbours(input.migrations, input.earlier);
    this.schema = input.earlier?.schema.copy() ?? new Schema();
    this.everSet = new Set(input.earlier?.everSet);
    this.#lastOnBase = input.migrations.findLastIndex(({ change }) => change !== "added");
  }

  next(read: ReadMigration, index: number): LintedMigration | undefined {
    if (index < (this.#input.earlier?.count ?? 0)) return undefined;
    if (read.change !== "unchanged") {
      this.earlier ??= this.#neighbours.before(index, this.schema, this.everSet);
    }
    const linted = this.#lint(read, index);
    rememberSettings(read.up, this.everSet);
    return linted;
  }

  #lint(read: ReadMigration, index: number): LintedMigration | undefined {
    if (read.change === "unchanged") {
      this.#replay(read.up);
      return undefined;
    }
    const { migration } = read;
    const before = this.#input.offerFix === undefined ? undefined : this.schema.copy();
    const halves: LintedHalf[] = [];
    // Databases have run this up script already: nothing is said of it.
    if (read.change === "down-modified") this.#replay(read.up);
    else halves.push(this.#lintHalf(read, index, "up", migration.up, read.up, this.schema));
    if (read.down !== undefined && typeof migration.down !== "string") {
      const schema = this.schema.copy();
      halves.push(this.#lintHalf(read, index, "down", migration.down, read.down, schema));
    }
    const settled =
      before === undefined ? halves : this.#withFixes(halves, { read, index, before });
    return {
      migration,
      ...this.#settlement.settle(settled),
      class: classOfScript(read.up),
      destructive: read.change !== "down-modified" && halves[0]?.destructive === true,
    };
  }

  #replay(script: Script): void {
    this.schema.beginScript();
    for (const { operations } of script.statements) {
      for (const operation of operations) {
        applyOperation(this.schema, operation, { reviewing: false });
      }
    }
  }

  #lintHalf(
    read: ReadMigration,
    index: number,
    direction: Direction,
    source: MigrationScript,
    script: Script,
    schema: Schema,
  ): LintedHalf {
    const raw: RawFinding[] = [];
    const said = new Set<Rule>();
    let destructive = false;
    let rule: Rule | undefined;
    const context = new LintContext({
      framework: this.#input.framework,
      direction,
      migration: read.migration,
      source,
      script,
      schema,
      otherHalf: otherHalf(read, direction),
      ...this.#neighbours.around(index, this.everSet),
      laterOnBase: this.#laterOnBase(read, index),
      ...toldOf(read),
      postgres: this.#input.postgres,
      rows: this.#input.rows,
      ...this.#settlement.answers(() => rule, { path: source.path, direction }),
      report: (at, message, options) => {
        if (rule === undefined || (rule.once === true && said.has(rule))) return;
        said.add(rule);
        raw.push(rawFinding(rule, { at, message, options }, this.#scene(script, schema, context)));
      },
    });
    const crashAt = (span: Span) => (crashed: Rule, error: unknown) => {
      this.#crash(crashed, source, placeIn(script, span), error);
    };

    const checks = this.#settlement.checksFor(direction, source.path);
    schema.beginScript();
    context.operations.forEach((operation, position) => {
      context.moveTo(position);
      const run = (check: Check): void => {
        rule = check.rule;
        check.run(operation as never, context);
      };
      runEach(checks.of(operation), run, crashAt(operation.span));
      destructive ||= destroys(operation, context);
      applyOperation(schema, operation, { reviewing: true });
    });
    context.moveTo(context.operations.length);
    const finish = (check: FinalCheck): void => {
      rule = check.rule;
      check.run(context);
    };
    runEach(checks.final, finish, crashAt(source.span));
    return { raw, script: script.written ?? script, path: source.path, direction, destructive };
  }

  #scene(script: Script, schema: Schema, { current: operation }: LintContext): ReportScene {
    return { script, schema, operation, offersFixes: this.#input.offerFix !== undefined };
  }

  #withFixes(halves: readonly LintedHalf[], { read, index, before }: FixScene): LintedHalf[] {
    const found = halves.flatMap(({ raw }) => raw);
    return halves.map((half) => ({
      ...half,
      raw: withProvenFixes(half.raw, {
        found,
        offer: (proposal) => this.#input.offerFix?.(read.migration, half.direction, proposal),
        lint: (offer) => this.#lintOffer(offer, half.direction, { read, index, before }),
      }),
    }));
  }

  /** Lints a migration, with both of its halves, as a fix of one of them leaves it, and what comes after it. */
  #lintOffer(
    offer: FixOffer,
    direction: Direction,
    { read, index, before }: FixScene,
  ): RawFinding[] {
    const schema = before.copy();
    const fixed = withFixed(read, direction, offer.fixed);
    const scripts = [fixed, ...offer.next.map((next) => readNext(next))];
    return scripts.flatMap((one) => {
      const { up, down } = one.migration;
      const raw = this.#lintHalf(one, index, "up", up, one.up, schema).raw;
      if (one.down === undefined || typeof down === "string") return raw;
      return [...raw, ...this.#lintHalf(one, index, "down", down, one.down, schema.copy()).raw];
    });
  }

  #crash({ id, module }: Rule, { path }: MigrationScript, { line }: Place, error: unknown): void {
    const from = module === undefined ? {} : { module };
    this.crashes.push({ rule: id, ...from, path, line, error });
  }

  #laterOnBase(read: ReadMigration, index: number): Migration[] {
    if (index > this.#lastOnBase || read.change !== "added") return [];
    if (read.migration.version === undefined) return [];
    return this.#input.migrations
      .slice(index + 1)
      .filter(({ change, migration }) => change !== "added" && migration.version !== undefined)
      .map(({ migration }) => migration);
  }
}
