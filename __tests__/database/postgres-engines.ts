import {
  loopbackEngine,
  type LoopbackOptions,
} from "../../src/database/loopback/loopback-engine.ts";
import { findServers, serverIn } from "../../src/database/postgres-binaries.ts";
import { nativeEngine, type NativeOptions } from "../../src/database/postgres-native.ts";
import type { Engine } from "../../src/verify/database.ts";

/** The package of npm with another server that tests are to run on, each major version in its turn. */
const folder = process.env["TEST_SERVER_PACKAGE"];

/** The newest server of this machine, or the one that is named; undefined where there is none. */
export const [server] = folder === undefined ? await findServers() : [serverIn(folder)];

/**
 * The engine of the machine's own server. Tests that need it are skipped where there is none. With
 * TEST_SERVER_WAY=loopback it is reached as on Windows.
 */
export function nativeTestEngine(options: Partial<NativeOptions> = {}): Engine {
  if (server === undefined) throw new Error("there is no server on this machine");
  const isLoopback = process.platform === "win32" || process.env["TEST_SERVER_WAY"] === "loopback";
  const engine = isLoopback ? loopbackEngine : nativeEngine;
  return engine({ binaries: server, ...options });
}

/** The same server, reached as on Windows. */
export function loopbackTestEngine(options: Partial<LoopbackOptions> = {}): Engine {
  if (server === undefined) throw new Error("there is no server on this machine");
  return loopbackEngine({ binaries: server, ...options });
}
