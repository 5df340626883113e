import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { EVENTS, missingFrom, PERMISSIONS } from "../../src/server/app-manifest.ts";
import { HANDLED_EVENTS } from "../../src/server/event-jobs.ts";

const permissions = Object.fromEntries(PERMISSIONS.map(({ name, access }) => [name, access]));
const events = EVENTS.map(({ name }) => name);

describe("what the App asks GitHub for", () => {
  it("is every event that it works on", () => {
    // Of installations GitHub tells every App.
    const asked = HANDLED_EVENTS.filter((name) => !name.startsWith("installation"));
    expect(events).toEqual(asked.toSorted());
  });

  it("never is a right to write code", () => {
    expect(permissions).toMatchObject({ contents: "read", metadata: "read" });
    expect(Object.keys(permissions)).not.toContain("administration");
  });

  it("is what the page that creates the App sends", () => {
    const page = readFileSync("docs/create-app.html", "utf8");
    const template = /<script id="template"[^>]*>([^<]*)</.exec(page)?.[1] ?? "";
    expect(JSON.parse(template)).toEqual({
      url: "SERVER",
      redirect_url: "SERVER/",
      public: false,
      hook_attributes: { url: "SERVER/api/github/webhooks", active: true },
      default_permissions: permissions,
      default_events: events,
    });
  });

  it("stands in the documentation, each with its reason", () => {
    const page = readFileSync("docs/github-app.md", "utf8").replaceAll(/\s+/g, " ");
    for (const { name, access, reason } of PERMISSIONS) {
      expect(page).toMatch(new RegExp(`\\| \`${name}\` \\| ${access} \\| ${escaped(reason)}`, "i"));
    }
    for (const { name, reason } of EVENTS) {
      expect(page).toMatch(new RegExp(`\\| \`${name}\` \\| ${escaped(reason)}`, "i"));
    }
  });
});

describe("an App that was created otherwise", () => {
  it("lacks nothing when it has as much or more", () => {
    const more = { ...permissions, contents: "write", members: "read" };
    expect(missingFrom({ permissions: more, events: [...events, "push"] })).toEqual([]);
  });

  it("is told what it lacks, and what for", () => {
    const less = { ...permissions, checks: "read", merge_queues: undefined };
    const missing = missingFrom({ permissions: less, events: ["pull_request"] });
    expect(missing.join("\n")).toMatch(/permission checks: write, to report/);
    expect(missing.join("\n")).toMatch(/permission merge_queues: read, to be told/);
    expect(missing).toContain("event merge_group, for the merge queue");
    expect(missing).toHaveLength(2 + 4);
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
