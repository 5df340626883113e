import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { CLUSTER } from "../postgres-cluster.ts";
import { serverSettings } from "../server-settings.ts";
import type { Surroundings } from "../server-surroundings.ts";

/** Who may log in: while a server is set up its superuser only, afterwards everybody else. */
export type Phase = "set-up" | "work";

/** Writes what a server reads at its start, and again when it is told to. */
export function configure(
  { binaries, data }: Surroundings,
  port: number,
  phase: Phase,
  platform: NodeJS.Platform = process.platform,
): void {
  const settings = [...loopbackSettings(port, phase, platform), ...serverSettings(binaries.major)];
  // It counts more than postgresql.conf, and who is no superuser cannot write it.
  writeFileSync(join(data, "postgresql.auto.conf"), settingsFile(settings));
  writeFileSync(join(data, "pg_hba.conf"), hostBasedAuthentication(phase));
}

function loopbackSettings(port: number, phase: Phase, platform: NodeJS.Platform): string[] {
  return [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    "unix_socket_directories=",
    "password_encryption=scram-sha-256",
    `dynamic_shared_memory_type=${platform === "win32" ? "windows" : "mmap"}`,
    // The log is a file: only why a start fails is read, and SQL would write as much as it likes.
    `log_min_messages=${phase === "work" ? "panic" : "log"}`,
  ];
}

/**
 * Settings, each `name=value`, as a file has them: a backslash begins an escape, and a quote is
 * doubled. https://www.postgresql.org/docs/current/config-setting.html
 */
export function settingsFile(settings: readonly string[]): string {
  const lines = settings.map((setting) => {
    const equals = setting.indexOf("=");
    const value = setting.slice(equals + 1).replaceAll(/['\\]/g, "$&$&");
    return `${setting.slice(0, equals)} = '${value}'\n`;
  });
  return lines.join("");
}

function hostBasedAuthentication(phase: Phase): string {
  const { superuser, database, migrations, tracer, tracerDatabase } = CLUSTER;
  const allowed =
    phase === "set-up"
      ? [`all ${superuser}`]
      : [`${database} ${migrations}`, `${tracerDatabase} ${tracer}`];
  return allowed.map((who) => `host ${who} 127.0.0.1/32 scram-sha-256\n`).join("");
}
