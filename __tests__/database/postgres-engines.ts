import { findServers, serverIn } from "../../src/database/postgres-binaries.ts";
import { nativeEngine, type NativeOptions } from "../../src/database/postgres-native.ts";
import type { Engine } from "../../src/verify/database.ts";

/** The package of npm with another server that tests are to run on, each major version in its turn. */
const folder = process.env["TEST_SERVER_PACKAGE"];

/** The newest server of this machine, or the one that is named; undefined where there is none. */
export const [server] = folder === undefined ? await findServers() : [serverIn(folder)];

/** The engine of the machine's own server. Tests that need it are skipped where there is none. */
export function nativeTestEngine(options: Partial<NativeOptions> = {}): Engine {
  if (server === undefined) throw new Error("there is no server on this machine");
  return nativeEngine({ binaries: server, ...options });
}
