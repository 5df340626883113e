import { describe, expect, it } from "@jest/globals";
import { parseServerConfig } from "../../src/server/server-config.ts";
import { TemporaryFolder } from "../cli/program.ts";
import { PRIVATE_KEY } from "./private-key.ts";

const SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const ENOUGH = { APP_ID: "4242", PRIVATE_KEY, WEBHOOK_SECRET: SECRET };

describe("the server's environment", () => {
  it("needs no more than the App's three, and listens where a container is reached", () => {
    const config = parseServerConfig(ENOUGH);
    expect(config).toMatchObject({
      appId: 4242,
      webhookSecret: SECRET,
      host: "0.0.0.0",
      port: 3000,
      apiUrl: "https://api.github.com",
      throttle: true,
      workers: 2,
      sweepMs: 3_600_000,
    });
    expect(config).not.toHaveProperty("redisUrl");
  });

  it.each([
    ["a missing webhook secret", { WEBHOOK_SECRET: undefined }, /WEBHOOK_SECRET is not set/],
    ["an empty webhook secret", { WEBHOOK_SECRET: "  " }, /WEBHOOK_SECRET is not set/],
    ["Probot's default secret", { WEBHOOK_SECRET: "development" }, /a word from examples/],
    ["a short secret", { WEBHOOK_SECRET: "tuesday" }, /shorter than 16/],
    ["no App", { APP_ID: undefined }, /APP_ID is not set/],
    ["an App that is no number", { APP_ID: "migrate-verify" }, /not the number/],
    ["no key", { PRIVATE_KEY: undefined }, /Neither PRIVATE_KEY_PATH nor PRIVATE_KEY/],
    ["a key that is none", { PRIVATE_KEY: "hello" }, /cannot be read as PEM/],
    ["a path without a file", { PRIVATE_KEY: "", PRIVATE_KEY_PATH: "/no/such.pem" }, /ENOENT/],
    ["a port too high", { PORT: "65536" }, /PORT is not a whole number/],
    ["a port that is no number", { PORT: "http" }, /PORT is not a whole number/],
    ["a Redis that is none", { REDIS_URL: "localhost:6379" }, /REDIS_URL is not a URL/],
    ["a URL as host", { GHE_HOST: "https://github.example.com/" }, /GHE_HOST is not the name/],
    ["another protocol", { GHE_HOST: "github.example.com", GHE_PROTOCOL: "ftp" }, /GHE_PROTOCOL/],
    ["a duration without unit", { SWEEP_EVERY: "60" }, /SWEEP_EVERY is not a duration/],
    ["a level that is none", { LOG_LEVEL: "loud" }, /LOG_LEVEL does not know/],
  ])("refuses %s, and says what mends it", (_name, change, message) => {
    expect(() => parseServerConfig({ ...ENOUGH, ...change })).toThrow(message);
  });

  it("never says a secret in a refusal", () => {
    const secrets = {
      WEBHOOK_SECRET: "tuesday",
      REDIS_URL: "hunter2@host",
      PRIVATE_KEY: "hunter3",
    };
    for (const [name, value] of Object.entries(secrets)) {
      let said = "";
      try {
        parseServerConfig({ ...ENOUGH, [name]: value });
      } catch (error) {
        const { message, hint } = error as Error & { hint?: string };
        said = `${message} ${hint ?? ""}`;
      }
      expect(said).toContain(name === "PRIVATE_KEY" ? "private key" : name);
      expect(said).not.toContain(value);
    }
  });

  it.each([
    ["as it is", PRIVATE_KEY],
    ["with \\n for line breaks", PRIVATE_KEY.replaceAll("\n", "\\n")],
    ["in base64", Buffer.from(PRIVATE_KEY).toString("base64")],
  ])("takes the private key %s", (_name, key) => {
    expect(parseServerConfig({ ...ENOUGH, PRIVATE_KEY: key }).privateKey.trim()).toBe(
      PRIVATE_KEY.trim(),
    );
  });

  it("takes the private key from a file", () => {
    using folder = new TemporaryFolder({ "app.pem": PRIVATE_KEY });
    const PRIVATE_KEY_PATH = `${folder.path}/app.pem`;
    const config = parseServerConfig({ ...ENOUGH, PRIVATE_KEY: "", PRIVATE_KEY_PATH });
    expect(config.privateKey.trim()).toBe(PRIVATE_KEY.trim());
  });

  it.each([
    [{ GHE_HOST: "github.example.com" }, "https://github.example.com/api/v3"],
    [{ GHE_HOST: "127.0.0.1:8080", GHE_PROTOCOL: "http" }, "http://127.0.0.1:8080/api/v3"],
    [{ GHE_HOST: "acme.ghe.com" }, "https://api.acme.ghe.com"],
  ])("finds the API of %j", (change, apiUrl) => {
    expect(parseServerConfig({ ...ENOUGH, ...change }).apiUrl).toBe(apiUrl);
  });

  it("signs with a key that is not the webhook's secret, and is the same after a restart", () => {
    const { stateKey } = parseServerConfig(ENOUGH);
    expect(stateKey).not.toContain(SECRET);
    expect(parseServerConfig(ENOUGH).stateKey).toBe(stateKey);
    expect(parseServerConfig({ ...ENOUGH, STATE_KEY: "mine" }).stateKey).toBe("mine");
  });
});
