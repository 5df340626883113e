import type { Allowance, Clock } from "../clock.ts";
import type { Database, ProjectProgram, RunningProgram } from "../database.ts";
import { RunEnded } from "../run-ended.ts";
import { type Answer, parseAnswer } from "./answer.ts";

/** One migration of the project, to be run in one direction. */
export type Step = { readonly do: "up" | "down"; readonly migration: string };

/** The project's own runner at work on a throwaway database. */
export class OwnRunner implements AsyncDisposable {
  readonly #program: RunningProgram;
  readonly #clock: Clock;
  readonly #words: string;

  private constructor(program: RunningProgram, clock: Clock, words: string) {
    this.#program = program;
    this.#clock = clock;
    this.#words = words;
  }

  /**
   * Starts it. Throws RunEnded where the engine has no place for it or it does not start, and
   * UserError when there is no such program.
   */
  static async start(
    database: Database,
    wish: ProjectProgram,
    clock: Clock,
  ): Promise<{ runner: OwnRunner; version: string }> {
    const words = wish.words.join(" ");
    if (database.launch === undefined) {
      throw new RunEnded(
        `\`${words}\` needs a PostgreSQL of this machine that migrate-verify starts itself, on Linux or macOS`,
      );
    }
    const runner = new OwnRunner(await database.launch(wish), clock, words);
    const { version = "" } = await runner.#ask({ do: "ready" }, clock.forScript());
    return { runner, version };
  }

  get limits(): readonly string[] {
    return this.#program.limits;
  }

  /** Applies everything that does not need a changed migration. */
  base(changed: readonly string[]): Promise<Answer> {
    return this.#ask({ do: "base", changed }, this.#clock.forAll());
  }

  run(step: Step): Promise<Answer> {
    return this.#ask(step, this.#clock.forScript());
  }

  /** Asks for models that changed without a migration, of apps under a folder. */
  drift(root: string): Promise<Answer> {
    return this.#ask({ do: "drift", root }, this.#clock.forScript());
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#program[Symbol.asyncDispose]();
  }

  async #ask(request: unknown, { ms, limit }: Allowance): Promise<Answer> {
    const reply = await this.#program.ask(request, Math.max(0, Math.ceil(ms)));
    if ("answer" in reply) {
      const answer = parseAnswer(reply.answer);
      if (answer !== undefined) return answer;
    }
    throw new RunEnded(this.#ended(reply, limit));
  }

  #ended(reply: Awaited<ReturnType<RunningProgram["ask"]>>, limit: Allowance["limit"]): string {
    if ("answer" in reply) return `\`${this.#words}\` gave an answer that cannot be read`;
    if (reply.ended === "timeout") return `\`${this.#words}\`: ${this.#clock.exceeded(limit)}`;
    const last = lastLines(reply.complaint);
    return `\`${this.#words}\` ended${last === "" ? "" : `: ${last}`}`;
  }
}

/** What a program says last is why it ended: of a Python traceback, the exception. */
function lastLines(complaint: string): string {
  return complaint
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(-2)
    .join(" ")
    .slice(-500);
}
