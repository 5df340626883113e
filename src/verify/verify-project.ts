import type { CandidateDown, EngineDescription, Verification } from "../core/verification.ts";
import { displayName } from "../core/name.ts";
import { tryCandidate } from "./candidate/try-candidate.ts";
import { createdByScripts, notApplied, withBeforeHint } from "./before-hint.ts";
import { Clock } from "./clock.ts";
import { withoutBlame } from "./code-gap.ts";
import { applyHistory, type HistoryFailure } from "./history.ts";
import { createdRoles } from "./missing-object.ts";
import { downToRun, notVerified, UNWATCHED } from "./not-run.ts";
import { tryPartialFailures } from "./partial-failure.ts";
import type { ProjectVerification, ScriptPair, ScriptRun, VerifyInput } from "./script-run.ts";
import { Session, type SessionContext } from "./session.ts";
import { withoutRefusals } from "./privilege.ts";
import { prepareDatabase } from "./prepare.ts";
import { RunEnded } from "./run-ended.ts";
import { readRows } from "./rows/row-snapshot.ts";
import { RowSupply } from "./rows/row-supply.ts";
import { resolveRows, stepToRepeat } from "./rows/row-dependence.ts";
import type { RowFailure, RowsVerified } from "./rows/row-dependence.ts";
import { leftOut, madeNotes } from "./provision-notes.ts";
import { readState, type State } from "./state.ts";
import { UnverifiedList } from "./unverified-list.ts";
import { verifyMigration, type MigrationResult } from "./verify-migration.ts";

/**
 * Runs each changed migration up, down and up again on a throwaway database that holds what the
 * migrations before it built. Throws UserError when the engine cannot be used here; whatever SQL
 * does is in the result.
 */
export async function verifyProject(input: VerifyInput): Promise<ProjectVerification> {
  await using verifier = new ProjectVerifier(input);
  return await verifier.verifyAll();
}

class ProjectVerifier implements AsyncDisposable {
  readonly #input: VerifyInput;
  readonly #context: SessionContext;
  /** The up scripts that make the schema before the next changed migration. */
  readonly #applied: ScriptRun[];
  /** What some migration makes, by its key. */
  readonly #created: ReadonlySet<string>;
  readonly #unverified = new UnverifiedList();
  readonly #rows: RowSupply;
  #stopped: string | undefined;
  /** What was made beforehand, in a sentence. */
  #preludeNote: string | undefined;
  #engine: EngineDescription | undefined;
  #session: Session | undefined;
  /** What the database holds; absent while it is not as `#applied` leaves it. */
  #state: State | undefined;

  constructor(input: VerifyInput) {
    const { base, changed, settings, prelude } = input;
    const ups = [...base, ...changed.flatMap(({ earlier = [], up }) => [...earlier, up])];
    this.#input = input;
    this.#applied = [...base];
    this.#rows = new RowSupply(settings.rows, input.seed ?? []);
    this.#created = createdByScripts(ups.map(({ script }) => script));
    this.#context = {
      clock: new Clock(settings.limits),
      provisions: { made: new Map(), extensions: new Map() },
      createdRoles: createdRoles(ups.map(({ script }) => script)),
      ...(prelude === undefined ? {} : { sessionStart: prelude.session }),
    };
  }

  async verifyAll(): Promise<ProjectVerification> {
    const verifications: Verification[] = [];
    for (const [index, pair] of this.#input.changed.entries()) {
      const verification = await this.#verify(pair, index);
      this.#tellNotRun(pair, verification);
      verifications.push(verification);
    }
    if (this.#input.derivesDown === true) await this.#deriveDown(verifications);
    const engine = this.#engine ?? (await this.#open()).database.engine;
    return {
      engine: { ...engine, limits: [...engine.limits, ...this.#notes()] },
      verifications,
      unverified: [...leftOut(this.#context.provisions, engine), ...this.#unverified.entries],
    };
  }

  readonly [Symbol.asyncDispose] = (): Promise<void> => this.close();

  async close(): Promise<void> {
    await this.#session?.[Symbol.asyncDispose]();
    this.#session = undefined;
    this.#state = undefined;
  }

  /** Adds a down that follows from the last up, where its own does not restore. */
  async #deriveDown(verifications: Verification[]): Promise<void> {
    const last = verifications.at(-1);
    const pair = this.#input.changed.at(-1);
    if (last === undefined || pair === undefined || last.up.outcome !== "passed") return;
    if (["exact", "cosmetic"].includes(last.down.verdict)) return;
    this.#progress(`deriving a down script for ${pair.id}`);
    this.#applied.pop();
    this.#state = undefined;
    this.#rows.weaken();
    const candidate = await this.#candidate(pair).catch((error: unknown) => {
      if (error instanceof RunEnded) return { reason: error.message };
      throw error;
    });
    verifications.splice(-1, 1, { ...last, down: { ...last.down, candidate } });
  }

  async #candidate(pair: ScriptPair): Promise<CandidateDown> {
    const before = await this.#stateBefore({ ...pair, earlier: [] });
    if (before === undefined) return { reason: this.#stopped ?? "" };
    return tryCandidate(this.#databaseSession(), pair, before);
  }

  async #verify(pair: ScriptPair, index: number): Promise<Verification> {
    if (this.#stopped !== undefined) return notVerified(this.#stopped);
    try {
      const before = await this.#stateBefore(pair);
      return before === undefined
        ? notVerified(this.#stopped ?? "")
        : await this.#withPartialFailures(await this.#verifyOnRows(before, pair, index), pair);
    } catch (error) {
      if (!(error instanceof RunEnded)) throw error;
      this.#stopped = `${pair.up.source.path}: ${error.message}`;
      this.#unverified.tell(pair.up.source.path, `not verified: ${error.message}`);
      return notVerified(this.#stopped);
    }
  }

  /**
   * On rows as varied as they can be. What stops on some of them is run again on poorer ones, an up in
   * the end on none: what depends on the rows is told apart from what fails on any.
   */
  async #verifyOnRows(before: State, pair: ScriptPair, index: number): Promise<Verification> {
    const failures: RowFailure[] = [];
    for (let state = before; ;) {
      const result = await this.#run(state, pair, index);
      const { level } = this.#rows;
      const step = stepToRepeat(result, level);
      if (step === undefined) {
        this.#rows.restore();
        return this.#finish(resolveRows(failures, result), pair, before);
      }
      failures.push({ step, level, result });
      this.#rows.weaken();
      await this.close();
      const poorer = await this.#stateBefore({ ...pair, earlier: [] });
      if (poorer === undefined) return notVerified(this.#stopped ?? "");
      state = poorer;
    }
  }

  async #run(before: State, pair: ScriptPair, index: number): Promise<MigrationResult> {
    const session = this.#databaseSession();
    const result = await verifyMigration({
      session,
      pair,
      down: this.#input.settings.down,
      before,
      hasRows: this.#rows.level !== "none",
      isLast: index === this.#input.changed.length - 1,
      release: this.#input.release ?? [],
      onStep: (step) =>
        this.#progress(`${step} ${pair.id} (${index + 1} of ${this.#input.changed.length})`),
    });
    if (await session.isUnwatched()) this.#unverified.tell(pair.up.source.path, UNWATCHED);
    return result;
  }

  #finish(
    { verification: seen, state, isApplied }: RowsVerified,
    pair: ScriptPair,
    before: State,
  ): Verification {
    const { verification, gap } = withoutBlame(withBeforeHint(seen, this.#created), pair);
    if (gap !== undefined) this.#unverified.tell(pair.up.source.path, gap);
    this.#applied.push(pair.up);
    this.#state = state;
    for (const table of before.rows.unread) {
      this.#unverified.tell(
        pair.up.source.path,
        `the rows of ${displayName(table)} are too many to compare`,
      );
    }
    if (verification.up.outcome !== "passed" && !isApplied) {
      this.#stopped = `the migration before it, ${pair.id}, could not be applied`;
    }
    // A superuser is refused nothing but what a script itself gave up.
    if (this.#databaseSession().database.createRole === undefined) return verification;
    const result = withoutRefusals(verification);
    if (result.refused !== undefined) this.#unverified.tell(pair.up.source.path, result.refused);
    return result.verification;
  }

  /** With what can be done where the up script stops half way. The next migration begins on a new database then. */
  async #withPartialFailures(verification: Verification, pair: ScriptPair): Promise<Verification> {
    const after = this.#state;
    if (verification.up.outcome !== "passed" || after === undefined) return verification;
    const down = downToRun(pair, this.#input.settings.down);
    const up = this.#applied.pop();
    try {
      const partialFailures = await tryPartialFailures(
        {
          up: pair.up,
          ...("verdict" in down ? {} : { down }),
          after,
          start: async () => {
            await this.close();
            const before = await this.#stateBefore({ ...pair, earlier: [] });
            return before === undefined ? undefined : { session: this.#databaseSession(), before };
          },
        },
        this.#databaseSession(),
      );
      if (partialFailures.length === 0) return verification;
      await this.close();
      return { ...verification, partialFailures };
    } finally {
      if (up !== undefined) this.#applied.push(up);
    }
  }

  /** What the database holds before a migration, after bringing it there; undefined when that cannot be done. */
  async #stateBefore(pair: ScriptPair): Promise<State | undefined> {
    this.#context.clock.check();
    const earlier = pair.earlier ?? [];
    const failure =
      this.#state === undefined
        ? await this.#build([...this.#applied, ...earlier])
        : await this.#apply(earlier);
    this.#applied.push(...earlier);
    if (failure !== undefined) {
      const { path, error } = failure;
      const reason = notApplied(error, this.#created);
      this.#stopped = `${path}: ${reason}`;
      this.#unverified.tell(path, reason);
      return undefined;
    }
    return this.#filledState(pair, earlier.length > 0);
  }

  /** The state with rows in every table. A table that takes too long to fill ends the database, and the next one has none. */
  async #filledState(pair: ScriptPair, isChanged: boolean): Promise<State | undefined> {
    const session = this.#databaseSession();
    const known = isChanged ? undefined : this.#state?.rows;
    const wasFilled = await this.#rows.supply(session, pair, known);
    if (!session.alive) {
      this.#state = undefined;
      return this.#stateBefore({ ...pair, earlier: [] });
    }
    if (this.#state === undefined || isChanged) this.#state = await readState(session);
    else if (wasFilled)
      this.#state = { ...this.#state, rows: await readRows(session.database, this.#state.rows) };
    return this.#state;
  }

  /** A new database with everything in it that comes before. */
  async #build(runs: readonly ScriptRun[]): Promise<HistoryFailure | undefined> {
    await this.close();
    this.#rows.begin();
    this.#progress("starting the database");
    const session = await this.#open();
    const { note, failure } = await prepareDatabase(session, this.#input, this.#unverified);
    this.#preludeNote = note;
    return failure ?? this.#apply(runs);
  }

  async #apply(runs: readonly ScriptRun[]): Promise<HistoryFailure | undefined> {
    return applyHistory(this.#databaseSession(), runs, (applied) =>
      this.#progress(`applying earlier migrations (${applied} of ${runs.length})`),
    );
  }

  #databaseSession(): Session {
    if (this.#session === undefined) throw new Error("no database was opened");
    return this.#session;
  }

  async #open(): Promise<Session> {
    const session = await Session.open(this.#input.engine, this.#context);
    this.#session = session;
    this.#engine = session.database.engine;
    return session;
  }

  /** A migration that was not run at all is told, unless that was done where it stopped. */
  #tellNotRun({ up: { source } }: ScriptPair, { up }: Verification): void {
    if (up.outcome !== "not-run" || this.#unverified.has(source.path)) return;
    this.#unverified.tell(source.path, `not verified: ${up.reason ?? "it was not run"}`);
  }

  #progress(step: string): void {
    this.#input.onProgress?.(step);
  }

  #notes(): string[] {
    const made = madeNotes(this.#context.provisions);
    const prelude = this.#preludeNote === undefined ? [] : [this.#preludeNote];
    return [...prelude, ...made, ...this.#rows.notes];
  }
}
