import { runAction } from "../action.ts";

// No `await` here: the bundle is CommonJS.
void act();

async function act(): Promise<void> {
  process.exitCode = await runAction({
    env: process.env,
    write: (text) => process.stdout.write(text),
  });
}
