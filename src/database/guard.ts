import { createHash } from "node:crypto";

import { webAssembly, type WebAssemblyApi } from "./web-assembly.ts";

/** Ways to compile or run code that nothing here needs once the server runs. */
const CLOSED_COMPILERS = [
  "compile",
  "compileStreaming",
  "instantiate",
  "instantiateStreaming",
  "validate",
] as const;

/** Ways to the network; the server's sockets are emulated with the first of them. */
const CLOSED_GLOBALS = ["WebSocket", "EventSource", "fetch"] as const;

/** What of `process` reaches outside of it, or brings back a module of Node's. */
const CLOSED_OF_PROCESS = [
  "_debugEnd",
  "_debugProcess",
  "_kill",
  "_linkedBinding",
  "abort",
  "binding",
  "chdir",
  "dlopen",
  "execve",
  "getBuiltinModule",
  "initgroups",
  "kill",
  "loadEnvFile",
  "mainModule",
  "openStdin",
  "report",
  "setegid",
  "seteuid",
  "setgid",
  "setgroups",
  "setuid",
  "stdin",
  "umask",
] as const;

/**
 * Closes this process before the first untrusted statement. PGlite's user is a superuser, who may
 * load a module of code into the server; Emscripten compiles it, and evaluates JavaScript that it
 * brings along. From here on only modules with one of the given SHA-256 sums (in hex) are compiled,
 * nothing is evaluated, and what reaches outside is gone. It cannot be undone.
 */
export function guard(allowedModules: ReadonlySet<string>): void {
  close(webAssembly, "Module", listedModule(webAssembly.Module, allowedModules));
  for (const name of CLOSED_COMPILERS) close(webAssembly, name, refuse(`WebAssembly.${name}`));
  Object.freeze(webAssembly);
  close(globalThis, "WebAssembly", webAssembly);
  close(globalThis, "eval", refuse("eval"));
  for (const name of CLOSED_GLOBALS) close(globalThis, name, undefined);
  for (const name of CLOSED_OF_PROCESS) close(process, name, undefined);
  close(process, "env", Object.freeze({}));
}

function refuse(what: string): () => never {
  return () => {
    throw new Error(`${what} is closed in this process`);
  };
}

/** `WebAssembly.Module` that compiles listed bytes only. */
function listedModule(
  original: WebAssemblyApi["Module"],
  allowed: ReadonlySet<string>,
): WebAssemblyApi["Module"] {
  const listed = new Proxy(original, {
    construct(_target, [bytes]: [ArrayBuffer | ArrayBufferView]) {
      // A copy, so that what is compiled is what was summed.
      const copy = ArrayBuffer.isView(bytes)
        ? Buffer.from(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
        : Buffer.from(bytes.slice(0));
      const sum = createHash("sha256").update(copy).digest("hex");
      if (!allowed.has(sum)) throw new Error("the module is not one that comes with PGlite");
      return new original(copy);
    },
  });
  // An instance leads back to the original by this way alone.
  close(original.prototype as object, "constructor", listed);
  return listed;
}

function close(owner: object, name: string, value: unknown): void {
  // Some of Node's globals are made when they are first touched, and defining them anew touches them.
  Reflect.deleteProperty(owner, name);
  Object.defineProperty(owner, name, { value, writable: false, configurable: false });
}
