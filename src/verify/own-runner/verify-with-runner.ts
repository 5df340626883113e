import type { Unverified } from "../../core/review.ts";
import type { Verification } from "../../core/verification.ts";
import { Clock } from "../clock.ts";
import type { ProjectProgram } from "../database.ts";
import { prepareDatabase } from "../prepare.ts";
import { resolveRows, type RowFailure, stepToRepeat } from "../rows/row-dependence.ts";
import { readRows } from "../rows/row-snapshot.ts";
import { RowSupply } from "../rows/row-supply.ts";
import { RunEnded } from "../run-ended.ts";
import type { ScriptPair, VerifyInput } from "../script-run.ts";
import { Session, type SessionContext } from "../session.ts";
import { readState, type State } from "../state.ts";
import { UnverifiedList } from "../unverified-list.ts";
import type { Answer, MissingMigration } from "./answer.ts";
import { type OwnResult, runOwnMigration } from "./own-migration.ts";
import { OwnRunner } from "./own-runner.ts";
import { type Unlike, unlikeStatement } from "./unlike-statements.ts";

export interface OwnVerifyInput extends Omit<VerifyInput, "base" | "release" | "derivesDown"> {
  readonly program: ProjectProgram;
  /** The folder of the repository: only of apps in it is drift told. */
  readonly repository: string;
}

export interface OwnVerification {
  /** By the id of the migration; one that could not be run has none. */
  readonly verifications: ReadonlyMap<string, Verification>;
  readonly unverified: readonly Unverified[];
  /** Sentences about the run. */
  readonly notes: readonly string[];
  /** Models that changed without a migration. */
  readonly missing: readonly MissingMigration[];
}

/**
 * Has the project's own runner migrate a throwaway database: everything before the changed
 * migrations, then each of these up, down and up again, on rows. Schema and rows are read by us.
 * Throws UserError when there is no such program or the engine cannot be used.
 */
export async function verifyWithRunner(input: OwnVerifyInput): Promise<OwnVerification> {
  await using verifier = new OwnVerifier(input);
  return await verifier.verifyAll();
}

/** A database, and the runner at work on it. */
interface Bench {
  readonly session: Session;
  readonly runner: OwnRunner;
}

class OwnVerifier implements AsyncDisposable {
  readonly #input: OwnVerifyInput;
  readonly #context: SessionContext;
  readonly #unverified = new UnverifiedList();
  readonly #rows: RowSupply;
  readonly #notes = new Set<string>();
  readonly #done: ScriptPair[] = [];
  #bench: Bench | undefined;
  #missing: readonly MissingMigration[] | undefined;

  constructor(input: OwnVerifyInput) {
    this.#input = input;
    this.#rows = new RowSupply(input.settings.rows, input.seed ?? []);
    this.#context = {
      clock: new Clock(input.settings.limits),
      provisions: { made: new Map(), extensions: new Map() },
      refusals: new Map(),
      createdRoles: new Set(),
    };
  }

  async verifyAll(): Promise<OwnVerification> {
    const verifications = new Map<string, Verification>();
    let path = this.#input.changed[0]?.up.source.path ?? "django.command";
    try {
      if (this.#input.changed.length === 0) await this.#ready();
      for (const pair of this.#input.changed) {
        ({ path } = pair.up.source);
        const { verification, isApplied } = await this.#verify(pair);
        verifications.set(pair.id, verification);
        if (!isApplied) throw new RunEnded(`${pair.id} could not be applied`);
        this.#done.push(pair);
      }
    } catch (error) {
      if (!(error instanceof RunEnded)) throw error;
      this.#tellEnded(error, path, verifications);
    }
    return {
      verifications,
      missing: this.#missing ?? [],
      unverified: this.#unverified.entries,
      notes: [...this.#notes, ...this.#rows.notes],
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#bench?.session[Symbol.asyncDispose]();
    this.#bench = undefined;
  }

  /** On rows; what stops on them is run again without, so that what depends on them is told apart. */
  async #verify(pair: ScriptPair): Promise<ReturnType<typeof resolveRows>> {
    const first = await this.#run(pair);
    const level = this.#rows.level;
    const step = level === "none" ? undefined : stepOnRows(first, level);
    if (step === undefined) return this.#resolved([], first, pair);
    while (this.#rows.level !== "none") this.#rows.weaken();
    await this[Symbol.asyncDispose]();
    const last = await this.#run(pair);
    return this.#resolved([{ step, level, result: first }], last, pair);
  }

  async #run(pair: ScriptPair): Promise<OwnResult> {
    const { session, runner } = await this.#ready();
    const before = await this.#filledState(session, pair);
    return runOwnMigration({
      session,
      runner,
      pair,
      before,
      down: this.#input.settings.down,
      onStep: (step) => this.#progress(`${step} ${pair.id}, by the project's own runner`),
    });
  }

  async #resolved(
    failures: readonly RowFailure[],
    last: OwnResult,
    pair: ScriptPair,
  ): Promise<ReturnType<typeof resolveRows>> {
    this.#tellUnlike(pair, last);
    this.#rows.restore();
    // The next one needs a database that is as one up leaves it.
    if (last.state === undefined) await this[Symbol.asyncDispose]();
    return resolveRows(failures, last);
  }

  #tellUnlike({ up, down }: ScriptPair, { sent }: OwnResult): void {
    const found = [
      sent.up && isCompiledWhole(up) ? unlikeStatement(up, sent.up) : undefined,
      sent.down && typeof down !== "string" && isCompiledWhole(down)
        ? unlikeStatement(down, sent.down)
        : undefined,
    ];
    for (const unlike of found) {
      if (unlike !== undefined) this.#unverified.tell(up.source.path, unlikeWords(unlike));
    }
  }

  async #filledState(session: Session, pair: ScriptPair): Promise<State> {
    await this.#rows.supply(session, pair, await readRows(session.database));
    if (!session.alive) throw new RunEnded("the rows took too long to make");
    return readState(session);
  }

  /** The database with everything in it that comes before. */
  async #ready(): Promise<Bench> {
    this.#context.clock.check();
    this.#bench ??= await this.#build();
    return this.#bench;
  }

  async #build(): Promise<Bench> {
    const { engine, program, changed } = this.#input;
    this.#progress("starting the project's own runner");
    const session = await Session.open(engine, this.#context);
    try {
      const { failure } = await prepareDatabase(session, this.#input, this.#unverified);
      if (failure !== undefined) throw new RunEnded(`${failure.path}: ${failure.error.message}`);
      this.#rows.begin();
      const { runner, version } = await OwnRunner.start(
        session.database,
        program,
        this.#context.clock,
      );
      this.#notes.add(
        `The project's own Django ${version} migrated the database, too: \`${program.words.join(" ")}\`.`,
      );
      for (const limit of runner.limits) this.#notes.add(limit);
      this.#missing ??= (await runner.drift(this.#input.repository)).missing;
      this.#progress("applying earlier migrations, by the project's own runner");
      refuse(await runner.base(changed.map(({ id }) => id)));
      for (const { id } of this.#done) refuse(await runner.run({ do: "up", migration: id }));
      return { session, runner };
    } catch (error) {
      await session[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Those that were not run are told, with the reason. */
  #tellEnded(
    { message }: RunEnded,
    path: string,
    verifications: ReadonlyMap<string, Verification>,
  ): void {
    if (this.#input.changed.length === 0) this.#unverified.tell(path, message);
    for (const { id, up } of this.#input.changed) {
      if (verifications.has(id)) continue;
      const where = up.source.path === path ? "" : `${path}: `;
      this.#unverified.tell(
        up.source.path,
        `not run by the project's own runner: ${where}${message}`,
      );
    }
  }

  #progress(step: string): void {
    this.#input.onProgress?.(step);
  }
}

/** Code may stop on rows that were made up with an error of any kind. */
function stepOnRows(result: OwnResult, level: RowFailure["level"]): RowFailure["step"] | undefined {
  const { up, down } = result.verification;
  if (up.error !== undefined && up.error.code === undefined) return "up";
  if (down.error !== undefined && down.error.code === undefined) return "down";
  return stepToRepeat(result, level);
}

function isCompiledWhole({ source }: { readonly source: ScriptPair["up"]["source"] }): boolean {
  return source.compiled?.unknowns.length === 0;
}

function refuse({ error, unknown }: Answer): void {
  const [name] = unknown;
  if (name !== undefined) {
    throw new RunEnded(
      `the project's own Django knows no migration ${name}: is its app installed?`,
    );
  }
  if (error !== undefined) {
    throw new RunEnded(`the migrations before it could not be applied: ${error.message}`);
  }
}

function unlikeWords({ line, compiled, sent }: Unlike): string {
  const place = line === undefined ? "" : `line ${line}: `;
  const theirs = sent === undefined ? "" : `the project's own Django sent ${sent}`;
  const ours = compiled === undefined ? "" : `migrate-verify compiled ${compiled}`;
  const both = [theirs, ours].filter((one) => one !== "").join(", and ");
  return `${place}${both}${sent === undefined ? ", which Django did not send" : ""}: what the rules say of it may be wrong. Please report it: this is ours to mend`;
}
