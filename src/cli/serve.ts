import { once } from "node:events";
import { EXIT } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** `serve`: runs the GitHub App until it is told to stop. Throws UserError for what its owner can mend. */
export async function serve({ env, stdout }: Terminal): Promise<number> {
  const { startApp } = await import("../app.ts");
  const server = await startApp(env, (line) => stdout.write(line));
  await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
  // Whoever is in a hurry asks twice.
  process.once("SIGTERM", () => process.exit(EXIT.unverified));
  process.once("SIGINT", () => process.exit(EXIT.unverified));
  await server.close();
  return EXIT.clean;
}
