import { describe, expect, it } from "@jest/globals";
import { createLog } from "../../src/server/log.ts";
import { PRIVATE_KEY } from "./private-key.ts";

function logged(say: (log: ReturnType<typeof createLog>) => void): string {
  let text = "";
  const secrets = ["0f1e2d3c4b5a6978", PRIVATE_KEY];
  say(createLog({ level: "info", secrets, write: (line) => (text += line) }));
  return text;
}

describe("the log", () => {
  it("is one JSON object a line", () => {
    const text = logged((log) => log.info({ pull: 7 }, "A job begins.\nReally."));
    expect(JSON.parse(text)).toMatchObject({
      level: "info",
      service: "migrate-verify",
      msg: "A job begins.\nReally.",
      pull: 7,
    });
    expect(text.trim().split("\n")).toHaveLength(1);
  });

  it.each([
    ["the webhook secret", "0f1e2d3c4b5a6978", "0f1e2d3c4b5a6978"],
    ["the private key", PRIVATE_KEY, PRIVATE_KEY.split("\n")[3]!],
    ["an installation's token", `token ghs_${"a1B2".repeat(9)}`, "ghs_a1B2"],
    ["a password in a URL", "redis://default:hunter2@redis:6379", "hunter2"],
  ])("never holds %s, wherever it stands", (_name, secret, piece) => {
    const text = logged((log) => {
      log.info({ deep: { value: secret } }, `It is ${secret}.`);
      log.error({ err: new Error(`failed with ${secret}`) }, "No.");
    });
    expect(text).toContain("***");
    expect(text).not.toContain(piece);
  });

  it("says of an error what it was, and not the request that it holds", () => {
    const error = Object.assign(new Error("Not Found"), {
      status: 404,
      request: { headers: { authorization: "token abc" }, body: "ALTER TABLE secret_plans" },
      event: { payload: "everything" },
    });
    const text = logged((log) => log.error({ err: error }, "No."));
    expect(JSON.parse(text).err).toMatchObject({ message: "Not Found", status: 404 });
    expect(text).not.toMatch(/token abc|secret_plans|everything/);
  });
});
