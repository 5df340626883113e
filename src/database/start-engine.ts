import type { Settings } from "../core/settings.ts";
import type { EngineWish } from "./choose-engine.ts";
import type { Engine } from "../verify/database.ts";
import type { StoreOptions } from "./snapshot-store.ts";
import { WarmEngine } from "./warm-engine.ts";

export interface StartOptions {
  /** May refuse databases that it does not find safe. */
  readonly isolate?: ((engine: Engine) => Engine) | undefined;
  /** Where databases are kept for later runs; absent: nowhere. */
  readonly snapshots?: Omit<StoreOptions, "engine"> | undefined;
}

/**
 * Starts the database that is asked for; its code is loaded only by the commands that run something.
 * Throws UserError when it is not there.
 */
export async function startEngine(
  { postgres, verify, django }: Settings,
  databaseUrl: string | undefined,
  { isolate = (engine) => engine, snapshots }: StartOptions = {},
): Promise<WarmEngine> {
  const wish: EngineWish = {
    engine: verify.engine,
    production: postgres,
    prefersServer: django.command !== undefined,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  };
  return new WarmEngine(isolate(await engineFor(wish, verify.extensions, snapshots)));
}

async function engineFor(
  wish: EngineWish,
  extensions: readonly string[],
  snapshots: StartOptions["snapshots"],
): Promise<Engine> {
  const { production } = wish;
  const { chooseEngine, needsServers } = await import("./choose-engine.ts");
  const servers = needsServers(wish)
    ? await (await import("./postgres-binaries.ts")).findServers()
    : [];
  const choice = chooseEngine(wish, servers);
  switch (choice.kind) {
    case "pglite":
      return (await import("./pglite.ts")).pgliteEngine({
        production,
        ...(snapshots === undefined ? {} : { snapshots }),
      });
    case "native": {
      const { binaries } = choice;
      const options = {
        binaries,
        extensions,
        production,
        ...(snapshots === undefined ? {} : { snapshots }),
      };
      if (process.platform === "win32") {
        return (await import("./loopback/loopback-engine.ts")).loopbackEngine(options);
      }
      return (await import("./postgres-native.ts")).nativeEngine(options);
    }
    case "url": {
      const { url } = choice;
      return (await import("./postgres-url.ts")).urlEngine({ url, production });
    }
  }
}
