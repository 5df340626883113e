import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { COMMANDS, readCommands } from "../../src/github/command.ts";

const CHECK = { name: "verify", mode: "check" } as const;

describe("the commands of a comment", () => {
  it.each([
    ["/migrate-verify", [CHECK]],
    ["/Migrate-Verify", [CHECK]],
    ["  /migrate-verify  ", [CHECK]],
    ["/migrate-verify lint", [{ name: "verify", mode: "lint" }]],
    ["/migrate-verify Verify", [{ name: "verify", mode: "verify" }]],
    ["/migrate-verify 3F9C2E1", [{ ...CHECK, sha: "3f9c2e1" }]],
    ["/migrate-verify lint 3f9c2e1", [{ name: "verify", mode: "lint", sha: "3f9c2e1" }]],
    ["/migrate-plan", [{ name: "plan" }]],
    ["/migrate-help please", [{ name: "help" }]],
    ["/migrate-explain no-drop-column", [{ name: "explain", rule: "no-drop-column" }]],
    ["/migrate-explain `no-drop-column`", [{ name: "explain", rule: "no-drop-column" }]],
    ["/migrate-approve backup", [{ name: "approve", item: "backup" }]],
    [
      "/migrate-approve backup nightly snapshot, 21 Nov",
      [{ name: "approve", item: "backup", reason: "nightly snapshot, 21 Nov" }],
    ],
    [
      "/migrate-approve backup ran `pg_dump` <!-- x -->",
      [{ name: "approve", item: "backup", reason: "ran `pg_dump` <!-- x -->" }],
    ],
    ["/migrate-approve Backup: done", [{ name: "approve", item: "backup", reason: "done" }]],
    ["/migrate-revoke backup it failed", [{ name: "revoke", item: "backup", reason: "it failed" }]],
    [
      "LGTM!\r\n/migrate-approve a\r\n/migrate-approve b x\r\n",
      [
        { name: "approve", item: "a" },
        { name: "approve", item: "b", reason: "x" },
      ],
    ],
    ["> /migrate-approve a\n\n/migrate-help", [{ name: "help" }]],
    ["```\n/migrate-help\n```\n/migrate-plan", [{ name: "plan" }]],
    ["", []],
    ["migrate-verify", []],
    ["please /migrate-verify", []],
    ["- /migrate-verify", []],
    ["/deploy", []],
    ["/migrate", []],
    ["/migrate-verify.", []],
    ["/usr/bin/migrate", []],
    ["/migrate-database-now", []],
  ])("%j", (text, commands) => {
    expect(readCommands(text)).toEqual(commands);
  });

  it.each([
    ["/migrate-verfy", "verify", "`/migrate-verfy` is no command"],
    ["/migrate-aprove backup", "approve", "`/migrate-aprove` is no command"],
    ["/migrate-verify fast", "verify", "`fast` is not understood"],
    ["/migrate-verify 3f9c2e1 4a5b6c7", "verify", "`4a5b6c7` is not understood"],
    ["/migrate-verify lint verify", "verify", "`verify` is not understood"],
    ["/migrate-explain", "explain", "the rule is missing"],
    ["/migrate-explain a b", "explain", "`ab` is not the id of a rule"],
    ["/migrate-approve", "approve", "the item is missing"],
    ["/migrate-approve ``", "approve", "the item is missing"],
    ["/migrate-approve @all<b>", "approve", "`allb` is not the id of an item"],
    ["/migrate-revoke", "revoke", "the item is missing"],
  ])("%j gets the help of %s", (text, name, wrong) => {
    expect(readCommands(text)).toEqual([{ name, wrong }]);
  });

  it("are ten at most, with a reason of bounded length", () => {
    expect(readCommands("/migrate-help\n".repeat(50))).toHaveLength(10);
    const [command] = readCommands(`/migrate-approve a ${"x".repeat(5000)}`);
    expect(command).toEqual({ name: "approve", item: "a", reason: "x".repeat(300) });
  });
});

describe("what a comment does not say", () => {
  const command = fc.constantFrom(...COMMANDS).map((name) => `/migrate-${name} backup`);
  const around: readonly (readonly [string, (line: string) => string])[] = [
    ["a quote", (line) => `> ${line}`],
    ["a quote in a quote", (line) => `>> ${line}`],
    ["a fence", (line) => `\`\`\`sh\n${line}\n\`\`\``],
    ["a fence of tildes", (line) => `~~~\n${line}\n~~~`],
    ["a longer fence", (line) => `\`\`\`\`\n\`\`\`\n${line}\n\`\`\`\``],
    ["a fence in a list", (line) => `- \`\`\`\n  ${line}\n  \`\`\``],
    ["a fence that is not closed", (line) => `\`\`\`\n\n${line}`],
    ["indented code", (line) => `text\n\n    ${line}`],
    ["code indented by a tab", (line) => `\t${line}`],
    ["a span of code", (line) => `\`${line}\``],
    ["a span of code over lines", (line) => `see \`\n${line}\n\` there`],
    ["a hidden comment", (line) => `<!--\n${line}\n-->`],
    ["a hidden comment that is not closed", (line) => `<!--\n${line}`],
    ["preformatted HTML", (line) => `<pre>\n${line}\n</pre>`],
    ["a quote in HTML", (line) => `<blockquote>\n\n${line}\n\n</blockquote>`],
    ["the middle of a line", (line) => `I write ${line}`],
    ["behind a hidden comment", (line) => `<!-- x -->${line}`],
    ["an item of a list", (line) => `1. ${line}`],
  ];

  it.each(around)("is no command: in %s", (_, wrap) => {
    fc.assert(
      fc.property(command, (line) => {
        expect(readCommands(wrap(line))).toEqual([]);
        // What comes after it is said again, unless it was never closed.
        const after = readCommands(`${wrap(line)}\n\n/migrate-help`);
        expect(after).toEqual(/not closed/.test(_) ? [] : [{ name: "help" }]);
      }),
      { numRuns: 20 },
    );
  });

  it("is read in time, whatever it is", () => {
    const part = fc.constantFrom(
      "`",
      "``",
      "```",
      "~~~",
      ">",
      "<!--",
      "-->",
      "<pre>",
      "\n",
      "\n\n",
      " ",
      "\t",
      "/migrate-help",
      "/migrate-approve backup",
      "a",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        for (const one of readCommands(parts.join(""))) expect(COMMANDS).toContain(one.name);
      }),
      { numRuns: 2000 },
    );
    for (const one of ["`", "``", "<!--", "<pre>", "> ", "~", "/migrate-", "<code", "a`b``"]) {
      readCommands(one.repeat(65_536 / one.length));
    }
  });
});
