import { createVerify, generateKeyPairSync } from "node:crypto";
import { apiDescription } from "./description.ts";

export interface Account {
  readonly login: string;
  readonly id: number;
  readonly type: "User" | "Bot" | "Organization";
}

/** `checks` → `write`. */
export type Permissions = Readonly<Record<string, "read" | "write">>;

/** A GitHub App with its bot. */
export interface App {
  readonly id: number;
  readonly slug: string;
  readonly bot: Account;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  /** PEM. */
  readonly privateKey: string;
  readonly publicKey: string;
}

/** Who a token speaks for. */
export type Actor =
  | { readonly kind: "app"; readonly app: App }
  | {
      readonly kind: "installation";
      readonly app: App;
      readonly installation: number;
      readonly permissions: Permissions;
    }
  | { readonly kind: "user"; readonly user: Account };

let keys: { readonly privateKey: string; readonly publicKey: string } | undefined;

/** An app; all share one pair of keys, which takes a while to make. */
export function makeApp(options: Omit<App, "bot" | "privateKey" | "publicKey">): App {
  keys ??= generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const bot = { login: `${options.slug}[bot]`, id: 100_000 + options.id, type: "Bot" } as const;
  return { ...options, bot, ...keys };
}

/** The app's id, when a JSON web token is signed by it and valid now. */
export function issuerOf(token: string, publicKey: string): string | undefined {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const verify = createVerify("RSA-SHA256").update(`${header}.${payload}`);
  if (!verify.verify(publicKey, signature, "base64url")) return undefined;
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as {
    iss: string | number;
    exp: number;
  };
  return claims.exp * 1000 > Date.now() ? String(claims.iss) : undefined;
}

/** An account as answers and webhooks show it. */
export function simpleUser({ login, id, type }: Account): Record<string, unknown> {
  const { user } = apiDescription().example("issue-comment") as { user: object };
  const text = JSON.stringify(user).replaceAll("octocat", encodeURIComponent(login));
  return { ...(JSON.parse(text) as object), login, id, type };
}

/** An app as answers and webhooks show it. */
export function integration({ id, slug, permissions, events }: App, owner: Account): object {
  return {
    id,
    slug,
    node_id: `app${id}`,
    client_id: `Iv1.${id}`,
    owner: simpleUser(owner),
    name: slug,
    description: "",
    external_url: "https://example.test",
    html_url: `https://github.com/apps/${slug}`,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    permissions,
    events,
  };
}
