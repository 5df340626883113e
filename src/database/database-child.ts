import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { parse } from "node:path";
import type { Duplex } from "node:stream";
import { crc32 } from "node:zlib";

import { Arrival } from "./arrival.ts";
import { encodeFrame, FrameReader } from "./frames.ts";
import {
  parseReply,
  SAVE_DESCRIPTOR,
  type ChildArgument,
  type Reply,
  type Request,
} from "./messages.ts";
import { LIMITED, NODE_FLAGS } from "./pglite-limits.ts";
import type { Sandbox } from "./sandbox.ts";

/** How a wait for the child's next reply ended. */
export type Next =
  Reply | { readonly kind: "timeout" } | { readonly kind: "died"; readonly reason: string };

/** Characters of the child's standard error that are kept: as many of the first as of the last. */
const MAX_STDERR = 4_000;
/** Replies that wait to be read before the pipe is no longer emptied. */
const MAX_WAITING = 1_000;

/**
 * The process in which a database lives, as its parent sees it. It starts with an empty environment,
 * away from the repository, and with one pipe to its parent; what comes through the pipe is parsed
 * and bounded. The clock is the parent's, which kills.
 */
export class DatabaseChild {
  readonly #process: ChildProcess;
  readonly #pipe: Duplex;
  readonly #saved: Duplex;
  readonly #frames = new FrameReader();
  readonly #waiting: Reply[] = [];
  readonly #exited: Promise<unknown>;
  #reason: string | undefined;
  #gone = false;
  #stderr = "";
  readonly #arrival = new Arrival();

  /** `archive`: a file that is open, of which the argument tells. */
  constructor(
    entry: string,
    argument: ChildArgument,
    { wrapper, user }: Sandbox,
    archive?: number,
  ) {
    const node = [process.execPath, ...NODE_FLAGS, entry, JSON.stringify(argument)];
    const [program = "", ...args] = [...LIMITED, ...wrapper, ...node];
    this.#process = spawn(program, args, {
      cwd: parse(entry).root,
      env: bareEnvironment(),
      // Standard input is the lifeline: it ends when the parent does, however it ends.
      stdio: ["pipe", "ignore", "pipe", "pipe", archive ?? "ignore", "pipe"],
      windowsHide: true,
      ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
    });
    // Pipes close when the last process has gone that holds them: a sandbox is several.
    this.#exited = once(this.#process, "close").catch(() => undefined);
    this.#process.on("error", (error) => this.#end(error.message));
    this.#process.on("close", (code, signal) => this.#end(this.#exitReason(code, signal)));
    this.#process.stdin?.on("error", ignoreBrokenPipe);
    this.#process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = headAndTail(this.#stderr + text);
    });
    this.#pipe = this.#process.stdio[3] as Duplex;
    this.#pipe.on("data", (chunk: Buffer) => this.#read(chunk));
    this.#pipe.on("error", ignoreBrokenPipe);
    const pipes: readonly unknown[] = this.#process.stdio;
    this.#saved = pipes[SAVE_DESCRIPTOR] as Duplex;
    // Its end is only seen where it is read.
    this.#saved.on("error", ignoreBrokenPipe).resume();
  }

  get alive(): boolean {
    return !this.#gone && this.#reason === undefined;
  }

  send(request: Request): void {
    this.#pipe.write(encodeFrame(request));
  }

  /** The next reply; when none comes within `timeoutMs` the child is killed and gone. */
  async next(timeoutMs: number): Promise<Next> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const reply = this.#waiting.shift();
      if (this.#waiting.length < MAX_WAITING) this.#pipe.resume();
      if (reply !== undefined) return reply;
      if (this.#gone) return { kind: "died", reason: this.#reason ?? "it is gone" };
      if (performance.now() >= deadline) {
        await this.kill();
        return { kind: "timeout" };
      }
      await this.#arrival.until(deadline);
    }
  }

  /** Ends the process at once, whatever it is doing, and waits until it is gone. */
  async kill(): Promise<void> {
    this.#reason ??= "it was killed";
    this.#process.kill("SIGKILL");
    // What is still in the pipe has to be read, or it would never end.
    this.#pipe.removeAllListeners("data").resume();
    if (this.#process.pid !== undefined) await this.#exited;
    this.#gone = true;
    const { stdin, stderr } = this.#process;
    for (const stream of [this.#pipe, this.#saved, stdin, stderr]) stream?.destroy();
  }

  /**
   * Has the database saved: `write` is given the archive piece by piece. Throws an Error when it does
   * not come whole; the child is of no use after that.
   */
  async save(write: (chunk: Buffer) => void, timeoutMs: number): Promise<void> {
    const pipe = this.#saved;
    const arrived = { bytes: 0, crc: 0 };
    const take = (chunk: Buffer): void => {
      arrived.bytes += chunk.length;
      arrived.crc = crc32(chunk, arrived.crc);
      write(chunk);
    };
    pipe.on("data", take);
    try {
      this.send({ kind: "save" });
      const reply = await this.next(timeoutMs);
      if (reply.kind !== "saved") throw new Error(`it answered \`${reply.kind}\``);
      // What was written before the reply may still be in the other pipe.
      const signal = AbortSignal.timeout(timeoutMs);
      while (arrived.bytes < reply.bytes) await once(pipe, "data", { signal });
      if (arrived.bytes !== reply.bytes || arrived.crc !== reply.crc) {
        throw new Error("what was saved did not come whole");
      }
    } finally {
      pipe.off("data", take);
    }
  }

  #read(chunk: Buffer): void {
    try {
      for (const value of this.#frames.push(chunk)) this.#waiting.push(parseReply(value));
    } catch (error) {
      this.#reason ??= `it answered what it should not: ${String(error)}`;
      this.#process.kill("SIGKILL");
    }
    if (this.#waiting.length >= MAX_WAITING) this.#pipe.pause();
    this.#arrival.tell();
  }

  #end(reason: string): void {
    this.#reason ??= reason;
    this.#gone = true;
    this.#arrival.tell();
  }

  #exitReason(code: number | null, signal: NodeJS.Signals | null): string {
    const how = howItEnded(code, signal);
    if (/heap out of memory|Array buffer allocation failed/.test(this.#stderr)) {
      return `the database ran out of memory (${how})`;
    }
    const [last = ""] = /^.*(?:FATAL|PANIC|Error): .*$/m.exec(this.#stderr) ?? [];
    return `the database died (${how})${last === "" ? "" : `: ${last}`}`;
  }
}

/** A sandbox passes the signal on that ended what was in it, as shells do: 128 and its number. */
function howItEnded(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `signal ${signal}`;
  const passedOn = Object.entries(constants.signals).find(([, number]) => 128 + number === code);
  return passedOn === undefined ? `exit code ${code ?? "unknown"}` : `signal ${passedOn[0]}`;
}

function headAndTail(text: string): string {
  if (text.length <= MAX_STDERR) return text;
  return text.slice(0, MAX_STDERR / 2) + text.slice(-MAX_STDERR / 2);
}

/** Windows cannot start a program without SystemRoot; elsewhere nothing is needed. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const root = process.env["SystemRoot"];
  return process.platform === "win32" && root !== undefined ? { SystemRoot: root } : {};
}

/** A pipe breaks when the child dies; its exit tells why. */
function ignoreBrokenPipe(): void {
  return;
}
