import { RunEnded } from "./run-ended.ts";
import type { VerifySettings } from "../core/settings.ts";

type Limits = VerifySettings["limits"];
type Limit = keyof Limits;

/** How long the next query may run, and which limit says so. */
export interface Allowance {
  /** 0 or less when the time is up. */
  readonly ms: number;
  readonly limit: Limit;
}

const MEANING: Readonly<Record<Limit, string>> = {
  statementMs: "one statement (`verify.limits.statement`)",
  migrationMs: "one migration (`verify.limits.migration`)",
  totalMs: "the whole run (`verify.limits.total`)",
};

/** The time of the whole run is up: nothing more is run. */
export class OutOfTime extends RunEnded {}

/** The limits of a run: for a statement, for a migration, for everything. */
export class Clock {
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #runStart: number;
  #migrationStart: number;

  /** `now` gives ms that only grow. */
  constructor(limits: Limits, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
    this.#runStart = now();
    this.#migrationStart = this.#runStart;
  }

  startMigration(): void {
    this.#migrationStart = this.#now();
  }

  /** For a query that holds one statement under review. */
  forStatement(): Allowance {
    const statement: Allowance = { ms: this.#limits.statementMs, limit: "statementMs" };
    return shorter(statement, this.#rest("migrationMs", this.#migrationStart), this.#total());
  }

  /** For a query that holds a whole script of the history. */
  forScript(): Allowance {
    return shorter({ ms: this.#limits.migrationMs, limit: "migrationMs" }, this.#total());
  }

  /** For what is done once, and takes as long as everything may. */
  forAll(): Allowance {
    return this.#total();
  }

  /** Throws OutOfTime when the time of the whole run is up. */
  check(): void {
    if (this.#total().ms <= 0) throw new OutOfTime(this.exceeded("totalMs"));
  }

  /** A limit that was passed, in words. */
  exceeded(limit: Limit): string {
    return `it ran past the limit of ${this.#limits[limit] / 1000} s for ${MEANING[limit]}`;
  }

  #total(): Allowance {
    return this.#rest("totalMs", this.#runStart);
  }

  #rest(limit: Limit, start: number): Allowance {
    return { ms: this.#limits[limit] - (this.#now() - start), limit };
  }
}

function shorter(...allowances: readonly [Allowance, ...Allowance[]]): Allowance {
  return allowances.reduce((least, one) => (one.ms < least.ms ? one : least));
}
