import { delimiter } from "node:path";

import type { Surroundings } from "../server-surroundings.ts";

/**
 * What Windows needs to start a program and PostgreSQL's programs to start each other; the home and
 * the name of who runs this program Node adds itself: https://docs.libuv.org/en/v1.x/process.html
 */
export function environmentOn(
  { binaries, folder, environment }: Surroundings,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  if (platform !== "win32") return { ...environment };
  const root = systemRoot();
  return {
    SystemRoot: root,
    ComSpec: `${root}\\System32\\cmd.exe`,
    PATH: [binaries.bin, `${root}\\System32`].join(delimiter),
    TEMP: folder,
    TMP: folder,
  };
}

/** The folder of Windows itself. */
export function systemRoot(): string {
  return process.env["SystemRoot"] ?? "C:\\Windows";
}
