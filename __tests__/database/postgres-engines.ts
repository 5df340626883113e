import { findServers } from "../../src/database/postgres-binaries.ts";
import { nativeEngine, type NativeOptions } from "../../src/database/postgres-native.ts";
import type { Engine } from "../../src/verify/database.ts";

/** The newest server of this machine; undefined where there is none. */
export const [server] = await findServers();

/** The engine of the machine's own server. Tests that need it are skipped where there is none. */
export function nativeTestEngine(options: Partial<NativeOptions> = {}): Engine {
  if (server === undefined) throw new Error("there is no server on this machine");
  return nativeEngine({ binaries: server, ...options });
}
