import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it, jest } from "@jest/globals";
import { parse } from "yaml";
import { parseDuration } from "../../src/config/duration.ts";
import { parseServerConfig } from "../../src/server/server-config.ts";
import { PRIVATE_KEY } from "./private-key.ts";
import { TestServer, WEBHOOK_SECRET } from "./test-server.ts";

jest.setTimeout(60_000);

/** The Dockerfile's instructions, each with what stands behind it. */
const INSTRUCTIONS = readFileSync("Dockerfile", "utf8")
  .replaceAll(/^#.*\n/gm, "")
  .replaceAll("\\\n", " ")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => {
    const [, name = "", rest = ""] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    return { name, rest };
  });

interface ComposeService {
  readonly [key: string]: unknown;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: readonly string[];
  readonly security_opt: readonly string[];
}
const compose = parse(readFileSync("compose.yaml", "utf8")) as {
  readonly services: { readonly app: ComposeService; readonly redis: ComposeService };
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
};
const { app, redis } = compose.services;

function instruction(name: string): string {
  return INSTRUCTIONS.find((one) => one.name === name)?.rest ?? "";
}

/** `A=1 B=2` */
function variables(text: string): Record<string, string> {
  return Object.fromEntries(text.split(" ").map((pair) => pair.split("=", 2)));
}

/** The variables that the server looks at. */
function namesRead(): string[] {
  const enough = { APP_ID: "4242", PRIVATE_KEY_PATH: "/no/such", PRIVATE_KEY, WEBHOOK_SECRET };
  const names = new Set<string>();
  const env: Record<string, string> = { ...enough, GHE_HOST: "github.example.com" };
  parseServerConfig(
    new Proxy(env, {
      get: (all, name) => {
        names.add(String(name));
        return all[String(name)];
      },
    }),
  );
  return [...names].toSorted();
}

describe("the Dockerfile", () => {
  it("copies what exists, and what .dockerignore lets through", () => {
    const ignored = readFileSync(".dockerignore", "utf8").trim().split("\n");
    expect(ignored[0]).toBe("*");
    const copied = INSTRUCTIONS.filter(({ name }) => name === "COPY")
      .flatMap(({ rest }) => rest.split(" ").slice(0, -1))
      .toSorted();
    expect(copied.filter((path) => !existsSync(path))).toEqual([]);
    expect(ignored.slice(1).toSorted()).toEqual(copied.map((path) => `!${path}`));
  });

  it("starts what the package calls its program, on a Node that it supports, as nobody special", () => {
    const { bin } = JSON.parse(readFileSync("package.json", "utf8")) as {
      bin: Record<string, string>;
    };
    const [init, ...program] = JSON.parse(instruction("ENTRYPOINT")) as string[];
    expect(program).toEqual(["--", "node", `/app/${bin["migrate-verify"]}`]);
    // Process 1 has to bury what falls to it, which Node does not.
    expect(instruction("RUN")).toContain(` ${init} `);
    expect(JSON.parse(instruction("CMD"))).toEqual(["serve"]);
    expect(instruction("FROM")).toMatch(/^node:24-/);
    expect(instruction("USER")).toBe("node");
  });

  it("sets what the server reads, and opens the port that it sets", () => {
    const { NODE_ENV, ...set } = variables(instruction("ENV"));
    expect(NODE_ENV).toBe("production");
    expect(namesRead()).toEqual(expect.arrayContaining(Object.keys(set)));
    expect(instruction("EXPOSE")).toBe(set["PORT"]);
  });

  it("asks a server how it is", async () => {
    const [, ...command] = /CMD (\[.*\])/.exec(instruction("HEALTHCHECK")) ?? [];
    const [program, ...args] = JSON.parse(command[0] ?? "[]") as string[];
    expect(program).toBe("node");
    const statusAt = async (port: string): Promise<unknown> => {
      const child = spawn(process.execPath, args, { env: { PORT: port } });
      const [status] = (await once(child, "exit")) as [number | null];
      return status;
    };
    await using server = await TestServer.start();
    expect(await statusAt(new URL(server.url).port)).toBe(0);
    expect(await statusAt("9")).toBe(1);
  });
});

describe("the compose file", () => {
  it("sets what the server reads, and publishes the port on which it listens there", () => {
    expect(namesRead()).toEqual(expect.arrayContaining(Object.keys(app.environment)));
    const { PORT, HOST } = variables(instruction("ENV"));
    // .env is the container's environment, too: a port in it must not move the one inside.
    expect(app.environment).toMatchObject({ PORT, HOST });
    expect(app.ports).toEqual([`\${PORT:-3000}:${PORT}`]);
  });

  it("gives the key where the server looks for it", () => {
    const [secret = ""] = app["secrets"] as string[];
    expect(app.environment["PRIVATE_KEY_PATH"]).toBe(`/run/secrets/${secret}`);
    expect(compose.secrets[secret]?.file).toBe("./private-key.pem");
    expect(readFileSync(".gitignore", "utf8")).toMatch(/^\*\.pem$/m);
  });

  it("lets the server end its jobs before it is killed", () => {
    const grace = parseDuration(String(app["stop_grace_period"])) ?? 0;
    const { stopGraceMs } = parseServerConfig({ APP_ID: "4242", PRIVATE_KEY, WEBHOOK_SECRET });
    expect(grace).toBeGreaterThan(stopGraceMs);
  });

  it("writes options of security so that Docker takes them", () => {
    // Compose passes `systempaths:unconfined` on to the engine, which does not know it.
    expect(app.security_opt.filter((option) => !option.includes("="))).toEqual([]);
    expect(app.security_opt).toContain("systempaths=unconfined");
    expect(app).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
  });

  it("has a Redis that keeps jobs and evicts none, under the name that the server is told", () => {
    expect(new URL(app.environment["REDIS_URL"] ?? "").hostname).toBe("redis");
    expect(redis["command"]).toContain("--appendonly yes");
    expect(redis["command"]).toContain("--maxmemory-policy noeviction");
    expect(redis["volumes"]).toEqual(["redis:/data"]);
  });
});

describe("the documentation", () => {
  it("names every variable that the server reads, and no other", () => {
    const page = readFileSync("docs/github-app.md", "utf8");
    const [, table = ""] = /\n(\| Variable [\s\S]*?)\n\n/.exec(page) ?? [];
    const named = table
      .split("\n")
      .flatMap((row) =>
        [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, name = ""]) => name),
      );
    expect(named.toSorted()).toEqual(namesRead());
  });

  it("has an example of .env with what it cannot do without", () => {
    const lines = readFileSync(".env.example", "utf8").split("\n");
    const names = lines.flatMap((line) => /^(\w+)=/.exec(line)?.[1] ?? []);
    expect(names).toEqual(["APP_ID", "WEBHOOK_SECRET"]);
  });
});
