import { Worker } from "node:worker_threads";

/**
 * Ends this process when its standard input ends, which it does when the parent is gone, however it
 * went. A thread of its own watches, because a runaway query keeps this one busy for ever.
 */
export function dieWithParent(): Worker {
  return new Worker(WATCH, {
    eval: true,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  });
}

const WATCH = `
const { Socket } = require("node:net");
new Socket({ fd: 0 }).on("close", () => process.kill(process.pid, "SIGKILL")).resume();
`;
