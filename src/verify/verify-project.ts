import type { Drift } from "../core/drift.ts";
import type { CandidateDown, Verification } from "../core/verification.ts";
import { displayName } from "../core/name.ts";
import { withBeforeHint } from "./before-hint.ts";
import { tryCandidate } from "./candidate/try-candidate.ts";
import { withoutBlame } from "./code-gap.ts";
import { downToRun, notVerified, UNWATCHED } from "./not-run.ts";
import { tryPartialFailures, type Start } from "./partial-failure.ts";
import { withoutRefusals } from "./privilege.ts";
import { ProjectDatabase } from "./project-database.ts";
import { withOlder } from "./older-drift.ts";
import { resolveRows, stepToRepeat } from "./rows/row-dependence.ts";
import type { RowFailure, RowsVerified } from "./rows/row-dependence.ts";
import { unseenLosses } from "./rows/unseen-losses.ts";
import { RunEnded } from "./run-ended.ts";
import type { ProjectVerification, ScriptPair, VerifyInput } from "./script-run.ts";
import type { State } from "./state.ts";
import { unprovedDown } from "./unproved-down.ts";
import { UnverifiedList } from "./unverified-list.ts";
import { verifyMigration, type MigrationResult } from "./verify-migration.ts";

/**
 * Runs each changed migration up, down and up again on a throwaway database that holds what the
 * migrations before it built. Throws UserError when the engine cannot be used here; whatever SQL
 * does is in the result.
 */
export async function verifyProject(input: VerifyInput): Promise<ProjectVerification> {
  const unverified = new UnverifiedList();
  await using database = new ProjectDatabase(input, unverified);
  return await new ProjectVerifier(input, database, unverified).verifyAll();
}

/** Downs that are derived for one change: each needs a database of its own. */
const MOST_CANDIDATES = 5;

class ProjectVerifier {
  readonly #input: VerifyInput;
  readonly #database: ProjectDatabase;
  readonly #unverified: UnverifiedList;
  #drift: Drift | undefined;

  constructor(input: VerifyInput, database: ProjectDatabase, unverified: UnverifiedList) {
    this.#input = input;
    this.#database = database;
    this.#unverified = unverified;
  }

  async verifyAll(): Promise<ProjectVerification> {
    const verifications: Verification[] = [];
    for (const [index, pair] of this.#input.changed.entries()) {
      const verification = await this.#verify(pair, index);
      this.#tellNotRun(pair, verification);
      verifications.push(verification);
    }
    if (this.#input.changed.length === 0) await this.#compareAlone();
    if (this.#input.derivesDown === true) await this.#deriveDowns(verifications);
    await this.#compareBase();
    const { unverified, ...described } = await this.#database.description();
    return {
      ...described,
      verifications,
      unverified: [...unverified, ...this.#unverified.entries],
      ...(this.#drift === undefined ? {} : { drift: this.#drift }),
    };
  }

  /** Where no migration changed. */
  async #compareAlone(): Promise<void> {
    if (this.#input.compareModels === undefined) return;
    try {
      if (await this.#database.ready()) await this.#compare();
    } catch (error) {
      if (!(error instanceof RunEnded)) throw error;
      const path = this.#input.base.at(-1)?.source.path ?? "";
      this.#unverified.tell(path, `the models were not compared: ${error.message}`);
    }
  }

  /** Once, on the schema that all migrations together build. */
  async #compare(): Promise<void> {
    const { compareModels } = this.#input;
    if (compareModels === undefined || this.#drift !== undefined) return;
    this.#progress("comparing the schema with the models");
    this.#drift = await compareModels(this.#database.session.database);
  }

  /** What the base branch's own models and migrations did not agree on is no fault of this change. */
  async #compareBase(): Promise<void> {
    const { compareBaseModels, changed } = this.#input;
    const drift = this.#drift;
    if (compareBaseModels === undefined || drift === undefined || drift.sql === "") return;
    this.#progress("comparing the base branch's schema with its models");
    try {
      const compare = async (): Promise<Drift | undefined> =>
        (await this.#database.ready())
          ? compareBaseModels(this.#database.session.database)
          : undefined;
      const [first] = changed;
      const base =
        first === undefined ? await compare() : await this.#database.beforeUp(first.up, compare);
      if (base !== undefined) this.#drift = withOlder(drift, base);
    } catch (error) {
      // Then it is not known what is older.
      if (!(error instanceof RunEnded)) throw error;
    }
  }

  /** Adds downs that follow from the ups, where their own do not restore. */
  async #deriveDowns(verifications: Verification[]): Promise<void> {
    const wanted = verifications.flatMap((one, at) => {
      const pair = this.#input.changed[at];
      return pair !== undefined && lacksDown(one, pair) ? [{ one, at, pair }] : [];
    });
    for (const { one, at, pair } of wanted.slice(0, MOST_CANDIDATES)) {
      this.#progress(`deriving a down script for ${pair.id}`);
      const candidate = await this.#candidate(pair).catch((error: unknown) => {
        if (error instanceof RunEnded) return { reason: error.message };
        throw error;
      });
      verifications.splice(at, 1, { ...one, down: { ...one.down, candidate } });
    }
  }

  async #candidate(pair: ScriptPair): Promise<CandidateDown> {
    return this.#database.beforeUp(pair.up, async () => {
      this.#database.rows.restore();
      this.#database.rows.weaken();
      const before = await this.#database.beforeAnew(pair);
      if (before === undefined) return { reason: this.#database.stopped ?? "" };
      return tryCandidate(this.#database.session, pair, before);
    });
  }

  async #verify(pair: ScriptPair, index: number): Promise<Verification> {
    const database = this.#database;
    if (database.stopped !== undefined) return notVerified(database.stopped);
    try {
      const before = await database.before(pair);
      return before === undefined
        ? notVerified(database.stopped ?? "")
        : await this.#verifyOnRows(before, pair, index);
    } catch (error) {
      if (!(error instanceof RunEnded)) throw error;
      const reason = `${pair.up.source.path}: ${error.message}`;
      database.stop(reason);
      this.#unverified.tell(pair.up.source.path, `not verified: ${error.message}`);
      return notVerified(reason);
    }
  }

  /**
   * On rows as varied as they can be. What stops on some of them is run again on poorer ones, an up in
   * the end on none: what depends on the rows is told apart from what fails on any.
   */
  async #verifyOnRows(before: State, pair: ScriptPair, index: number): Promise<Verification> {
    const { rows } = this.#database;
    const failures: RowFailure[] = [];
    for (let state = before; ;) {
      const result = await this.#run(state, pair, index);
      const { level } = rows;
      const step = stepToRepeat(result, level);
      if (step === undefined) {
        rows.restore();
        const resolved = resolveRows(failures, result);
        const verification = this.#finish(resolved, pair, before);
        this.#tellUnseen(pair, verification, state, failures.at(-1));
        return this.#withPartialFailures(verification, pair, resolved.after);
      }
      failures.push({ step, level, result, rows: state.rows });
      rows.weaken();
      const poorer = await this.#database.beforeAnew(pair);
      if (poorer === undefined) return notVerified(this.#database.stopped ?? "");
      state = poorer;
    }
  }

  async #run(before: State, pair: ScriptPair, index: number): Promise<MigrationResult> {
    const { session, rows } = this.#database;
    const isLast = index === this.#input.changed.length - 1;
    const result = await verifyMigration({
      session,
      pair,
      down: this.#input.settings.down,
      before,
      hasRows: rows.level !== "none",
      isLast,
      ...(isLast ? { onApplied: () => this.#compare() } : {}),
      release: this.#input.release ?? [],
      newRelease: this.#input.newRelease ?? [],
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
    const database = this.#database;
    const { verification, gap } = withoutBlame(withBeforeHint(seen, database.created), pair);
    if (gap !== undefined) this.#unverified.tell(pair.up.source.path, gap);
    database.add(pair.up, state);
    for (const reason of unprovedDown(pair, verification)) {
      this.#unverified.tell(pair.up.source.path, reason);
    }
    for (const table of before.rows.unread) {
      this.#unverified.tell(
        pair.up.source.path,
        `the rows of ${displayName(table)} are too many to compare`,
      );
    }
    if (verification.up.outcome !== "passed" && !isApplied) {
      database.stop(`the migration before it, ${pair.id}, could not be applied`);
    }
    // A superuser is refused nothing but what a script itself gave up.
    if (database.session.database.createRole === undefined) return verification;
    const result = withoutRefusals(verification, !database.leavesOut(pair));
    if (result.refused !== undefined) this.#unverified.tell(pair.up.source.path, result.refused);
    return result.verification;
  }

  /** Without rows before the run that gave it, a verdict on the down says nothing of what becomes of them. */
  #tellUnseen(
    { up: { source, script } }: ScriptPair,
    { up }: Verification,
    before: State,
    failure: RowFailure | undefined,
  ): void {
    if (this.#input.settings.rows === 0 || up.outcome === "failed") return;
    const stop = failure?.result.verification.up.error?.message;
    for (const table of unseenLosses(script, before.rows)) {
      const reason = this.#database.rows.reasonFor(table);
      const why =
        stop === undefined || reason !== undefined
          ? `none could be made for it (${reason ?? "it has none"})`
          : `the up stops on those that were made (${stop})`;
      this.#unverified.tell(
        source.path,
        `what becomes of the rows of ${table} was not seen: ${why}; a file of \`verify.seed\` can bring some`,
      );
    }
  }

  /** With what can be done where the up script stops half way. The next migration begins on a new database then. */
  async #withPartialFailures(
    verification: Verification,
    pair: ScriptPair,
    after: State | undefined,
  ): Promise<Verification> {
    const database = this.#database;
    if (verification.up.outcome !== "passed" || after === undefined) return verification;
    const down = downToRun(pair, this.#input.settings.down);
    return database.beforeUp(pair.up, async () => {
      const start = async (): Promise<Start | undefined> => {
        const before = await database.beforeAnew(pair);
        return before === undefined ? undefined : { session: database.session, before };
      };
      const { up } = pair;
      const trial = { up, after, start, ...("verdict" in down ? {} : { down }) };
      const { failures, untried } = await tryPartialFailures(trial, database.session);
      if (untried !== undefined) database.note(`${pair.id} ${untried}.`);
      if (failures.length === 0) return verification;
      await database.close();
      return { ...verification, partialFailures: failures };
    });
  }

  /** A migration that was not run at all is told, unless that was done where it stopped. */
  #tellNotRun({ up: { source } }: ScriptPair, { up }: Verification): void {
    if (up.outcome !== "not-run" || this.#unverified.has(source.path)) return;
    this.#unverified.tell(source.path, `not verified: ${up.reason ?? "it was not run"}`);
  }

  #progress(step: string): void {
    this.#input.onProgress?.(step);
  }
}

/** Whether a down is missing that brings back what the up changes, and nobody said that there is to be none. */
function lacksDown({ up, down }: Verification, pair: ScriptPair): boolean {
  // Data that is gone comes back by no script that follows from the catalog.
  const isBack = ["exact", "cosmetic", "schema-only"].includes(down.verdict);
  if (up.outcome !== "passed" || isBack) return false;
  return down.verdict !== "not-run" || pair.down === "forward-only";
}
