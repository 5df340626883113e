import type { Edit, Fix, FixedScript, FixOffer, FixProposal, NextMigration } from "../core/fix.ts";
import type { OfferFix } from "../core/fix.ts";
import type { Direction, Migration, MigrationScript, Project } from "../core/migration.ts";
import type { Script } from "../core/statement.ts";
import { applyEdits, grownSpan, movedSpan, overlap } from "./apply-edits.ts";
import { downOf, planNext, type PlannedMigration } from "./next-migration.ts";
import { type OptOut, runAlone } from "./run-alone.ts";

/** Reads a script. */
export type ReadScript = (source: MigrationScript) => Script;

/** Makes fixes for a project's migrations from what its rules propose, in the way of its framework. */
export function fixOffers(project: Project, read: ReadScript): OfferFix {
  const offers = new FixOffers(project, read);
  return (migration, direction, proposal) => offers.offer(migration, direction, proposal);
}

class FixOffers {
  readonly #project: Project;
  readonly #read: ReadScript;

  constructor(project: Project, read: ReadScript) {
    this.#project = project;
    this.#read = read;
  }

  offer(migration: Migration, direction: Direction, proposal: FixProposal): FixOffer | undefined {
    const source = migration[direction];
    if (typeof source === "string" || !this.#fits(migration, direction, proposal)) return undefined;
    // What would be edited is SQL, and the file has none.
    if (source.compiled !== undefined) return undefined;
    const optOut = proposal.alone === true ? this.#optOut(source, migration) : NO_OPT_OUT;
    const planned = this.#plan(proposal.next ?? [], migration);
    if (optOut === undefined || planned === undefined) return undefined;
    const edits = [...proposal.edits, ...optOut.edits];
    if (overlap([...edits, ...(source.substitutions ?? [])])) return undefined;
    const files = [...optOut.files, ...planned.flatMap((one) => one.files)];
    const fix: Fix = { title: proposal.title, edits, ...(files.length === 0 ? {} : { files }) };
    return {
      fix,
      fixed: this.#fixed(source, edits, proposal.alone === true),
      next: (proposal.next ?? []).map((next, index) =>
        this.#next(next, migration, planned[index]?.id ?? ""),
      ),
    };
  }

  /** A down script that undoes what the fix no longer does would fail or leave something behind. */
  #fits(migration: Migration, direction: Direction, proposal: FixProposal): boolean {
    if (direction === "down") return (proposal.next ?? []).length === 0;
    return proposal.changesDown !== true || typeof migration.down === "string";
  }

  #optOut(source: MigrationScript, migration: Migration): OptOut | undefined {
    if (this.#read(source).statements.length !== 1) return undefined;
    return runAlone(this.#project.framework, source, migration);
  }

  #plan(next: readonly NextMigration[], like: Migration): PlannedMigration[] | undefined {
    let last = this.#project.migrations.findLast(({ version }) => version !== undefined)?.version;
    const planned: PlannedMigration[] = [];
    for (const one of next) {
      const plan =
        last === undefined ? undefined : planNext(this.#project.framework, one, { like, last });
      if (plan === undefined) return undefined;
      last = plan.version;
      planned.push(plan);
    }
    return planned;
  }

  #fixed(source: MigrationScript, edits: readonly Edit[], alone: boolean): FixedScript {
    const { span, execution, statementSpans, substitutions } = source;
    const fixed: MigrationScript = {
      ...source,
      text: applyEdits(source.text, edits),
      span: grownSpan(span, edits),
      execution: alone ? { ...execution, transaction: false } : execution,
      ...(statementSpans === undefined
        ? {}
        : { statementSpans: statementSpans.map((one) => grownSpan(one, edits)) }),
      ...(substitutions === undefined
        ? {}
        : {
            substitutions: substitutions.map((one) => ({
              ...one,
              span: movedSpan(one.span, edits),
            })),
          }),
    };
    return { source: fixed, script: this.#read(fixed) };
  }

  #next(next: NextMigration, like: Migration, id: string): FixOffer["next"][number] {
    const script = (name: string, text: string): FixedScript => {
      const source: MigrationScript = {
        path: `${id}.${name}.sql`,
        text,
        span: { start: 0, end: text.length },
        execution:
          next.alone === true ? { ...like.up.execution, transaction: false } : like.up.execution,
      };
      return { source, script: this.#read(source) };
    };
    const down = typeof like.down === "string" ? like.down : script("down", downOf(next));
    return {
      id,
      up: script("up", next.up),
      down: down === "missing" ? script("down", downOf(next)) : down,
    };
  }
}

const NO_OPT_OUT: OptOut = { edits: [], files: [] };
