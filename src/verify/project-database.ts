import type { EngineDescription } from "../core/verification.ts";
import { createdByScripts, notApplied } from "./before-hint.ts";
import { Clock } from "./clock.ts";
import type { KeptState } from "./database.ts";
import { applyHistory, type HistoryFailure } from "./history.ts";
import { baseKeys, keptBase, keptState, type BaseKeys, type KeptBase } from "./kept-base.ts";
import { createdRoles } from "./missing-object.ts";
import { prepareDatabase, settingsOf } from "./prepare.ts";
import { leftOut, madeNotes } from "./provision-notes.ts";
import { readRows } from "./rows/row-snapshot.ts";
import { RowSupply, rowsWanted } from "./rows/row-supply.ts";
import type { ProjectVerification, ScriptPair, ScriptRun, VerifyInput } from "./script-run.ts";
import { Session, type SessionContext } from "./session.ts";
import { readSchema, type State } from "./state.ts";
import { refusedStatements } from "./superuser-statements.ts";
import type { UnverifiedList } from "./unverified-list.ts";

/** A base that takes less is made again each time. */
const WORTH_KEEPING_MS = 150;

/**
 * The database that a project's migrations are verified on: what was applied so far, with rows in its
 * tables. It is built anew where it is not as that leaves it.
 */
export class ProjectDatabase implements AsyncDisposable {
  readonly rows: RowSupply;
  /** What some migration makes, by its key. */
  readonly created: ReadonlySet<string>;
  readonly #input: VerifyInput;
  readonly #unverified: UnverifiedList;
  readonly #context: SessionContext;
  /** The up scripts that make the schema before the next changed migration. */
  readonly #applied: ScriptRun[];
  readonly #notes: string[] = [];
  #stopped: string | undefined;
  readonly #keys: BaseKeys;
  #triedToKeep = false;
  /** For which migration the rows of the newest database were just made; absent: for none. */
  #filledFor: ScriptPair | undefined;
  /** What was made beforehand, in a sentence. */
  #preludeNote: string | undefined;
  #engine: EngineDescription | undefined;
  #session: Session | undefined;
  /** What the database holds; absent while it is not as `#applied` leaves it. */
  #state: State | undefined;

  constructor(input: VerifyInput, unverified: UnverifiedList) {
    const { base, changed, settings } = input;
    const ups = [...base, ...changed.flatMap(({ earlier = [], up }) => [...earlier, up])];
    this.#input = input;
    this.#keys = baseKeys(input);
    this.#unverified = unverified;
    this.#applied = [...base];
    this.rows = new RowSupply(settings.rows, input.seed ?? []);
    this.created = createdByScripts(ups.map(({ script }) => script));
    this.#context = {
      clock: new Clock(settings.limits),
      provisions: { made: new Map(), extensions: new Map() },
      refusals: new Map(),
      createdRoles: createdRoles(ups.map(({ script }) => script)),
      ...sessionStart(input),
    };
  }

  /** Throws where no database was opened. */
  get session(): Session {
    if (this.#session === undefined) throw new Error("no database was opened");
    return this.#session;
  }

  /** Why nothing more can be applied; undefined while it can. */
  get stopped(): string | undefined {
    return this.#stopped;
  }

  /** Whether a statement of a migration was left out because it needs a superuser. */
  leavesOut({ up, down }: ScriptPair): boolean {
    const runs = typeof down === "string" ? [up] : [up, down];
    return runs.some(({ source }) => this.#context.refusals.has(source.path));
  }

  /** What was not tried, a sentence. */
  note(sentence: string): void {
    this.#notes.push(sentence);
  }

  stop(reason: string): void {
    this.#stopped = reason;
  }

  /** An up was verified: it stands before the next one. `state`: what it left; absent, the database is built anew. */
  add(up: ScriptRun, state: State | undefined): void {
    this.#applied.push(up);
    this.#state = state;
  }

  /** Does something on what stands before an up that was added. */
  async beforeUp<Result>(up: ScriptRun, act: () => Promise<Result>): Promise<Result> {
    const at = this.#applied.lastIndexOf(up);
    const rest = at < 0 ? [] : this.#applied.splice(at);
    try {
      return await act();
    } finally {
      this.#applied.push(...rest);
    }
  }

  /** What the database holds before a migration, after bringing it there; undefined when that cannot be done. */
  async before(pair: ScriptPair): Promise<State | undefined> {
    const { earlier = [] } = pair;
    this.#context.clock.check();
    const failure =
      this.#state === undefined
        ? await this.#build([...this.#applied, ...earlier], pair)
        : await this.#apply(earlier);
    this.#applied.push(...earlier);
    if (this.#tellFailure(failure)) return undefined;
    // More rows would be made for it once more.
    const filled = this.#filledFor === pair ? this.#state : undefined;
    return filled ?? this.#filledState(pair, earlier.length > 0);
  }

  /** Whether there is one. */
  #tellFailure(failure: HistoryFailure | undefined): boolean {
    if (failure === undefined) return false;
    const { path, error } = failure;
    const reason = notApplied(error, this.created);
    this.#stopped = `${path}: ${reason}`;
    this.#unverified.tell(path, reason);
    return true;
  }

  /** Brings it to where all migrations are applied, without rows. False when that cannot be done. */
  async ready(): Promise<boolean> {
    return !this.#tellFailure(await this.#build(this.#applied));
  }

  /** The same on a database that is new. */
  async beforeAnew(pair: ScriptPair): Promise<State | undefined> {
    await this.close();
    return this.before({ ...pair, earlier: [] });
  }

  /** The engine, what was made for the run, and what is not there. */
  async description(): Promise<Pick<ProjectVerification, "engine" | "unverified">> {
    const engine = await this.#describedEngine();
    if (engine === undefined) return { unverified: [] };
    const prelude = this.#preludeNote === undefined ? [] : [this.#preludeNote];
    const { provisions } = this.#context;
    const notes = [...prelude, ...madeNotes(provisions), ...this.rows.notes, ...this.#notes];
    return {
      engine: { ...engine, limits: [...engine.limits, ...notes] },
      unverified: [...leftOut(provisions, engine), ...refusedStatements(this.#context.refusals)],
    };
  }

  readonly [Symbol.asyncDispose] = (): Promise<void> => this.close();

  /** Ends the database; the next one is built anew. */
  async close(): Promise<void> {
    await this.#session?.[Symbol.asyncDispose]();
    this.#session = undefined;
    this.#state = undefined;
  }

  /** The state with rows in every table. A table that takes too long to fill ends the database, and the next one has none. */
  async #filledState(pair: ScriptPair, isChanged: boolean): Promise<State | undefined> {
    const state = this.session.alive
      ? await this.#fill(pair, isChanged ? undefined : this.#state)
      : undefined;
    if (state === undefined) return this.beforeAnew(pair);
    this.#state = state;
    return state;
  }

  /** Undefined where the database is dead afterwards. */
  async #fill(pair: ScriptPair, known: State | undefined): Promise<State | undefined> {
    const { session } = this;
    const present = known?.rows ?? (await readRows(session.database));
    const wasFilled = await this.rows.supply(session, pair, present, this.#applied);
    if (!session.alive) return undefined;
    return {
      catalog: known?.catalog ?? (await readSchema(session)),
      rows: wasFilled ? await readRows(session.database, present) : present,
    };
  }

  /** A new database with everything in it that comes before: from what was kept of it, and the rest. */
  async #build(runs: readonly ScriptRun[], pair?: ScriptPair): Promise<HistoryFailure | undefined> {
    await this.close();
    this.rows.begin();
    this.#filledFor = undefined;
    this.#input.onProgress?.("starting the database");
    const isBase = this.rows.isRichest && runs.length === this.#input.base.length;
    const { after, filled } = this.#keys;
    const first = isBase ? pair : undefined;
    const session = await this.#open([
      ...(first === undefined ? [] : [filled(rowsWanted(first))]),
      ...after.toReversed(),
    ]);
    const { kept } = session.database;
    if (kept !== undefined && this.#takeOver(kept).rows !== undefined) {
      this.#filledFor = first;
      return undefined;
    }
    const startedAt = performance.now();
    const rest = kept === undefined ? runs : runs.slice(after.indexOf(kept.key));
    const unprepared = kept === undefined ? await this.#prepare(session) : undefined;
    const failure = unprepared ?? (await this.#apply(rest));
    if (first !== undefined && failure === undefined) {
      await this.#keep(session, first, performance.now() - startedAt);
    }
    return failure;
  }

  async #prepare(session: Session): Promise<HistoryFailure | undefined> {
    const { note, failure } = await prepareDatabase(session, this.#input, this.#unverified);
    this.#preludeNote = note;
    return failure;
  }

  #takeOver(kept: KeptState): KeptBase {
    const base = keptBase(kept);
    const { made, extensions } = this.#context.provisions;
    for (const [statement, object] of base.provisions.made) made.set(statement, object);
    for (const [name, told] of base.provisions.extensions) extensions.set(name, told);
    this.#preludeNote = base.preludeNote;
    if (base.rows !== undefined) {
      this.rows.begin(base.rows);
      this.#state = base.rows.state;
    }
    return base;
  }

  /**
   * Keeps the base where it took long to make, as the migrations leave it: for this base again, and for
   * one with more migrations. One that came from there is asked for more than once: it is kept with its
   * rows, too, for a run that wants the same. Nothing that something is to be said of is kept.
   */
  async #keep(session: Session, pair: ScriptPair, tookMs: number): Promise<void> {
    const { database } = session;
    if (database.keep === undefined || this.#triedToKeep) return;
    const key = this.#keys.after.at(-1) ?? "";
    const isKept = database.kept?.key === key;
    const isWhole = this.#unverified.entries.length + this.#context.refusals.size === 0;
    const isWorthIt = tookMs >= WORTH_KEEPING_MS && isWhole;
    if (!isKept && !isWorthIt) return;
    this.#triedToKeep = true;
    if (isKept) await this.#keepFilled(session, pair);
    else await database.keep(keptState(key, this.#keptBase));
  }

  async #keepFilled({ database }: Session, pair: ScriptPair): Promise<void> {
    const state = await this.#fill(pair, undefined);
    if (state === undefined) return;
    this.#state = state;
    this.#filledFor = pair;
    const rows = { ...this.rows.supplied, state };
    const key = this.#keys.filled(rowsWanted(pair));
    await database.keep?.(keptState(key, { ...this.#keptBase, rows }));
  }

  get #keptBase(): KeptBase {
    const { provisions } = this.#context;
    const note = this.#preludeNote;
    return { provisions, ...(note === undefined ? {} : { preludeNote: note }) };
  }

  async #apply(runs: readonly ScriptRun[]): Promise<HistoryFailure | undefined> {
    return applyHistory(this.session, runs, (applied) =>
      this.#input.onProgress?.(`applying earlier migrations (${applied} of ${runs.length})`),
    );
  }

  async #describedEngine(): Promise<EngineDescription | undefined> {
    if (this.#engine === undefined && this.#stopped === undefined) await this.#open();
    return this.#engine;
  }

  async #open(keys: readonly string[] = []): Promise<Session> {
    const session = await Session.open(this.#input.engine, this.#context, keys);
    this.#session = session;
    this.#engine = session.database.engine;
    return session;
  }
}

function sessionStart({ prelude, before }: VerifyInput): Pick<SessionContext, "sessionStart"> {
  const statements = [
    ...(prelude === undefined ? [] : [prelude.session]),
    ...(before === undefined ? [] : settingsOf(before)),
  ];
  return statements.length === 0 ? {} : { sessionStart: statements.join("; ") };
}
