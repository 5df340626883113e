/** A permission of a GitHub App, and why this one needs it. */
interface PermissionNeed {
  readonly name: string;
  readonly access: "read" | "write";
  readonly reason: string;
}

/** The permissions that the App asks for: these and no others. */
export const PERMISSIONS: readonly PermissionNeed[] = [
  {
    name: "checks",
    access: "write",
    reason: "to report the check `migrate-verify` with its annotations and buttons",
  },
  {
    name: "contents",
    access: "read",
    reason: "to read the migrations and their history; nothing is ever written",
  },
  {
    name: "issues",
    access: "write",
    reason:
      "to react to comments that hold a command: a pull request's comments are an issue's comments to GitHub",
  },
  {
    name: "merge_queues",
    access: "read",
    reason: "to be told of merge groups; without it a merge queue waits for the check in vain",
  },
  {
    name: "metadata",
    access: "read",
    reason:
      "to ask which permission a person has who confirms an item; every GitHub App has this one",
  },
  {
    name: "pull_requests",
    access: "write",
    reason: "to write the checklist comment and to suggest fixes on the lines of a pull request",
  },
];

/** An event of a GitHub App, and why this one needs it. */
interface EventNeed {
  readonly name: string;
  readonly reason: string;
}

/** The events that the App subscribes to. Installations are told of without being asked for. */
export const EVENTS: readonly EventNeed[] = [
  { name: "check_run", reason: "“Re-run” and the check's buttons" },
  { name: "check_suite", reason: "“Re-run all checks”" },
  { name: "issue_comment", reason: "commands, and boxes of the checklist that are ticked" },
  { name: "merge_group", reason: "the merge queue" },
  { name: "pull_request", reason: "pull requests that open, get commits or change their base" },
];

/** What of the needs an App on GitHub lacks, in words for its owner. */
export function missingFrom(app: {
  readonly permissions: Readonly<Record<string, string | undefined>>;
  readonly events: readonly string[];
}): string[] {
  const permissions = PERMISSIONS.filter(
    ({ name, access }) => ![access, "write", "admin"].includes(app.permissions[name] ?? ""),
  );
  const events = EVENTS.filter(({ name }) => !app.events.includes(name));
  return [
    ...permissions.map(({ name, access, reason }) => `permission ${name}: ${access}, ${reason}`),
    ...events.map(({ name, reason }) => `event ${name}, for ${reason}`),
  ];
}
