import { runAction } from "../action.ts";

process.exitCode = await runAction({
  env: process.env,
  write: (text) => process.stdout.write(text),
});
