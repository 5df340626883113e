import type { ProgressStream } from "./progress.ts";

/** What the program needs of the process that it runs in. */
export interface Terminal {
  readonly stdout: ProgressStream;
  readonly stderr: ProgressStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
}

/** Whether to colour what goes to a stream: as asked, else on a terminal that has not refused (https://no-color.org). */
export function usesColour(
  asked: boolean | undefined,
  stream: ProgressStream,
  env: Terminal["env"],
): boolean {
  if (asked !== undefined) return asked;
  const refused = env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "";
  return stream.isTTY === true && !refused && env["TERM"] !== "dumb";
}
