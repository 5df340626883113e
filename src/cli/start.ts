import { tellError, tellUnwritable } from "./tell-error.ts";

const LEAVE_AFTER_MS = 5_000;

/** Runs the command that a process was started with, and sets its exit status. Throws nothing. */
export async function start(running: NodeJS.Process): Promise<void> {
  running.stdout.on("error", (error) => {
    running.exitCode = tellUnwritable(error, running.stderr);
  });
  try {
    const { run } = await import("./run.ts");
    running.exitCode = await run(running.argv.slice(2), running);
  } catch (error) {
    running.exitCode = tellError(error, running.stderr);
    // A bug may leave a database behind, which would keep this process alive.
    setTimeout(() => running.exit(), LEAVE_AFTER_MS).unref();
  }
}
