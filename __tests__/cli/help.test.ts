import { describe, expect, it } from "@jest/globals";
import { OPTIONS } from "../../src/cli/arguments.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { HELP } from "../../src/cli/help.ts";
import { FRAMEWORKS } from "../../src/core/migration.ts";

describe("--help", () => {
  it.each(FRAMEWORKS)("names the framework %s", (name) => {
    expect(HELP).toMatch(new RegExp(`[ ,]${name}(?:,|$)`, "m"));
  });

  it.each(COMMANDS.filter((name) => name !== "help" && name !== "version"))(
    "tells what %s does",
    (name) => {
      expect(HELP).toMatch(new RegExp(`^  migrate-verify ${name} .*  \\S`, "m"));
    },
  );

  it.each(Object.keys(OPTIONS).filter((name) => name !== "help" && name !== "version"))(
    "tells of --%s",
    (name) => {
      expect(HELP).toMatch(new RegExp(`--${name}\\b`));
    },
  );
});
