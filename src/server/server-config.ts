import { createPrivateKey, hkdfSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseDuration } from "../config/duration.ts";
import { UserError } from "../core/user-error.ts";

/** What the environment says of the server. Holds secrets: it is never printed. */
export interface ServerConfig {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Signs the state that the App keeps in its comments. */
  readonly stateKey: string;
  readonly host: string;
  readonly port: number;
  /** Absent: the queue is in this process. */
  readonly redisUrl?: string;
  /** Base of GitHub's REST API, and of its pages. */
  readonly apiUrl: string;
  readonly webUrl: string;
  /** Keep to the pace that GitHub asks integrations for. */
  readonly throttle: boolean;
  /** Jobs at a time in this process; 0: it only answers. */
  readonly workers: number;
  readonly engine: "auto" | "pglite" | "postgres";
  /** Whether SQL is run although the operating system keeps it from too little. */
  readonly weakIsolation: boolean;
  readonly logLevel: LogLevel;
  /** Longest time of one attempt at a job, in ms. */
  readonly jobLimitMs: number;
  /** A worker that was silent for this long is dead, in ms. */
  readonly takeOverMs: number;
  /** Time that jobs get to end when the server stops, in ms. */
  readonly stopGraceMs: number;
  /** Pause between two searches for what was lost, in ms. */
  readonly sweepMs: number;
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/** Parses the environment. Throws UserError that names the variable and says what mends it. */
export function parseServerConfig(env: Environment): ServerConfig {
  const webhookSecret = webhookSecretOf(env["WEBHOOK_SECRET"]);
  const redisUrl = redisUrlOf(env["REDIS_URL"]);
  return {
    appId: appIdOf(env["APP_ID"]),
    privateKey: privateKeyOf(env),
    webhookSecret,
    stateKey: set(env["STATE_KEY"]) ?? derivedKey(webhookSecret),
    // Every address: a server that listens on localhost alone is out of reach in a container.
    host: set(env["HOST"]) ?? "0.0.0.0",
    port: whole("PORT", env["PORT"], 3000, 65_535),
    ...(redisUrl === undefined ? {} : { redisUrl }),
    ...githubOf(env),
    throttle: (oneOf("GITHUB_THROTTLE", env["GITHUB_THROTTLE"], ["on", "off"]) ?? "on") === "on",
    workers: whole("WORKERS", env["WORKERS"], 2, 64),
    engine: oneOf("ENGINE", env["ENGINE"], ["auto", "pglite", "postgres"]) ?? "auto",
    weakIsolation:
      (oneOf("ISOLATION", env["ISOLATION"], ["strong", "weak"]) ?? "strong") === "weak",
    logLevel: oneOf("LOG_LEVEL", env["LOG_LEVEL"], LOG_LEVELS) ?? "info",
    jobLimitMs: duration("JOB_LIMIT", env["JOB_LIMIT"], 15 * 60_000),
    takeOverMs: duration("TAKE_OVER_AFTER", env["TAKE_OVER_AFTER"], 30_000),
    stopGraceMs: duration("STOP_GRACE", env["STOP_GRACE"], 25_000),
    sweepMs: duration("SWEEP_EVERY", env["SWEEP_EVERY"], 60 * 60_000),
  };
}

/** Words that stand in examples and defaults; the first is Probot's. */
const KNOWN_SECRETS: ReadonlySet<string> = new Set([
  "development",
  "secret",
  "webhook-secret",
  "change-me-change-me",
  "your-webhook-secret",
]);
const SHORTEST_SECRET = 16;

function webhookSecretOf(value: string | undefined): string {
  const hint =
    "Make one with `openssl rand -hex 32`, and set it here and in the App's settings on GitHub.";
  const secret = set(value);
  if (secret === undefined) {
    throw new UserError(
      "WEBHOOK_SECRET is not set: anybody could send deliveries in GitHub's name.",
      { hint },
    );
  }
  if (KNOWN_SECRETS.has(secret.toLowerCase()) || secret.length < SHORTEST_SECRET) {
    throw new UserError(
      `WEBHOOK_SECRET is a word from examples or shorter than ${SHORTEST_SECRET} characters: anybody could guess it.`,
      { hint },
    );
  }
  return secret;
}

/** A key of its own for another purpose. */
function derivedKey(webhookSecret: string): string {
  const key = hkdfSync("sha256", webhookSecret, "", "migrate-verify state of comments", 32);
  return Buffer.from(key).toString("base64url");
}

function appIdOf(value: string | undefined): number {
  const id = Number(set(value));
  if (Number.isSafeInteger(id) && id > 0) return id;
  throw new UserError(
    value === undefined ? "APP_ID is not set." : "APP_ID is not the number of a GitHub App.",
    {
      hint: "The App's settings on GitHub show it as “App ID”; docs/github-app.md says how to create one.",
    },
  );
}

/** The key itself (line breaks may be written `\n`, or all of it in base64), or the path of its file. */
function privateKeyOf(env: Environment): string {
  const path = set(env["PRIVATE_KEY_PATH"]);
  const text = set(env["PRIVATE_KEY"]) ?? (path === undefined ? undefined : readKey(path));
  const hint = "“Generate a private key” in the App's settings on GitHub downloads the file.";
  if (text === undefined) {
    throw new UserError("Neither PRIVATE_KEY_PATH nor PRIVATE_KEY is set.", { hint });
  }
  const pem = text.includes("-----BEGIN")
    ? text.replaceAll("\\n", "\n")
    : Buffer.from(text, "base64").toString("utf8");
  try {
    createPrivateKey(pem);
  } catch {
    throw new UserError("The private key cannot be read as PEM.", { hint });
  }
  return pem;
}

function readKey(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      `The file of PRIVATE_KEY_PATH cannot be read (${code ?? "no reason given"}).`,
      {
        hint: "The server's own user has to be able to read it; in the container that is user 1000.",
      },
    );
  }
}

function redisUrlOf(value: string | undefined): string | undefined {
  const url = set(value);
  if (url === undefined || /^rediss?:\/\/.|^\//.test(url)) return url;
  throw new UserError("REDIS_URL is not a URL of Redis.", {
    hint: "It looks like redis://user:password@host:6379/0, rediss://… with TLS, or the path of a socket.",
  });
}

/** GitHub.com, or the server that GHE_HOST names. https://docs.github.com/en/enterprise-server/rest/using-the-rest-api/getting-started-with-the-rest-api */
function githubOf(env: Environment): { apiUrl: string; webUrl: string } {
  const host = set(env["GHE_HOST"]);
  if (host === undefined) return { apiUrl: "https://api.github.com", webUrl: "https://github.com" };
  if (!/^[a-z0-9.-]+(?::\d+)?$/i.test(host)) {
    throw new UserError("GHE_HOST is not the name of a host.", {
      hint: "Write github.example.com, without https:// and without a path.",
    });
  }
  const protocol = oneOf("GHE_PROTOCOL", env["GHE_PROTOCOL"], ["https", "http"]) ?? "https";
  const webUrl = `${protocol}://${host}`;
  const apiUrl = host.endsWith(".ghe.com") ? `${protocol}://api.${host}` : `${webUrl}/api/v3`;
  return { apiUrl, webUrl };
}

function whole(name: string, value: string | undefined, otherwise: number, most: number): number {
  const text = set(value);
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= most) return number;
  throw new UserError(`${name} is not a whole number from 0 to ${most}.`);
}

function duration(name: string, value: string | undefined, otherwise: number): number {
  const text = set(value);
  if (text === undefined) return otherwise;
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  throw new UserError(`${name} is not a duration.`, { hint: "Write 30s, 15m or 1h." });
}

function oneOf<const Value extends string>(
  name: string,
  value: string | undefined,
  allowed: readonly Value[],
): Value | undefined {
  const text = set(value);
  if (text === undefined) return undefined;
  const known = allowed.find((one) => one === text);
  if (known !== undefined) return known;
  throw new UserError(`${name} does not know what it is set to.`, {
    hint: `Use ${allowed.join(", ")}.`,
  });
}

/** A variable that is set to nothing is not set: so compose files leave one out. */
function set(value: string | undefined): string | undefined {
  const text = value?.trim();
  return text === "" ? undefined : text;
}
