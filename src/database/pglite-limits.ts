/** What one PGlite database may use of the machine. */

/** JavaScript heap of the child, in MB. */
const HEAP_MB = 256;

/** Memory of the server, in WebAssembly's pages of 64 kB: 512 MB. Past it PostgreSQL reports 53200. */
export const SERVER_PAGES = 8192;

/** What the database's files may hold together, in bytes. Past it PostgreSQL reports 53100. */
export const FILE_BYTES = 1024 * 1024 * 1024;

/**
 * The stack, in kB, and how deep PostgreSQL may go on it: where JavaScript's stack ends first, the
 * server dies of what a real one answers with 54001. Measured: 400 kB are too deep for Node's own
 * 984 kB, 1 MB is not too deep for 4,000 kB. The system has to grant that much; Windows does not.
 */
const STACK =
  process.platform === "win32"
    ? { flags: [], depth: "max_stack_depth=200kB" }
    : { flags: ["--stack-size=4000"], depth: "max_stack_depth=1MB" };

/** Node's flags for the child. */
export const NODE_FLAGS: readonly string[] = [
  "--disallow-code-generation-from-strings",
  "--no-addons",
  "--no-warnings",
  `--max-old-space-size=${HEAP_MB}`,
  ...STACK.flags,
];

/** Settings of the server that belong to the limits, as `name=value`. */
export const LIMIT_SETTINGS: readonly string[] = [STACK.depth];

/** What stands before the child's program: it writes no file, and none of its memory is written. */
export const LIMITED: readonly string[] =
  process.platform === "win32"
    ? []
    : ["/bin/sh", "-c", 'ulimit -c 0; ulimit -f 0; exec "$@"', "sh"];
