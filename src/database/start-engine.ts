import type { Settings } from "../core/settings.ts";
import type { EngineWish } from "./choose-engine.ts";
import type { Engine } from "../verify/database.ts";
import { WarmEngine } from "./warm-engine.ts";

/**
 * Starts the database that is asked for; its code is loaded only by the commands that run something.
 * `isolate` may refuse databases that it does not find safe. Throws UserError when it is not there.
 */
export async function startEngine(
  { postgres, verify, django }: Settings,
  databaseUrl: string | undefined,
  isolate: (engine: Engine) => Engine = (engine) => engine,
): Promise<WarmEngine> {
  const wish: EngineWish = {
    engine: verify.engine,
    production: postgres,
    prefersServer: django.command !== undefined,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  };
  return new WarmEngine(isolate(await engineFor(wish, verify.extensions)));
}

async function engineFor(wish: EngineWish, extensions: readonly string[]): Promise<Engine> {
  const { production } = wish;
  const { chooseEngine, needsServers } = await import("./choose-engine.ts");
  const servers = needsServers(wish)
    ? await (await import("./postgres-binaries.ts")).findServers()
    : [];
  const choice = chooseEngine(wish, servers);
  switch (choice.kind) {
    case "pglite":
      return (await import("./pglite.ts")).pgliteEngine({ production });
    case "native": {
      const { binaries } = choice;
      const { nativeEngine } = await import("./postgres-native.ts");
      return nativeEngine({ binaries, extensions, production });
    }
    case "url": {
      const { url } = choice;
      return (await import("./postgres-url.ts")).urlEngine({ url, production });
    }
  }
}
