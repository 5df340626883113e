import type * as z from "zod";
import { DEFAULT_SETTINGS, type RuleSetting, type Settings } from "../core/settings.ts";
import { UserError } from "../core/user-error.ts";
import { checklistOf } from "./checklist.ts";
import { configSchema, type Config } from "./config-schema.ts";
import { customRulesOf } from "./custom-schema.ts";
import { djangoOf } from "./django-schema.ts";
import { parseDuration } from "./duration.ts";
import type { ConfigurableRule } from "./rule-schema.ts";
import { readYaml, type YamlTree } from "./yaml-tree.ts";

/**
 * Parses a configuration. `file` is its path as messages name it. Throws UserError with one line that
 * names file, line and key, and the nearest valid one.
 */
export function parseConfig(
  text: string,
  file: string,
  rules: readonly ConfigurableRule[],
): Settings {
  const tree = readYaml(text, file);
  const own = ownRules(tree, file, rules);
  const result = configSchema([...rules, ...own]).safeParse(tree.value ?? {});
  if (!result.success) throw firstFault(result.error.issues, tree, file);
  const ids = new Map(
    rules.flatMap(({ id, aliases }) => [id, ...(aliases ?? [])].map((name) => [name, id] as const)),
  );
  const idOf = (name: string): string => ids.get(name) ?? name;
  const checklist = checklistOf(result.data, idOf);
  return settingsOf(result.data, checklist, (at, config) => {
    const settings: Record<string, RuleSetting> = {};
    for (const [name, value] of Object.entries(config)) {
      const id = idOf(name);
      if (value === undefined) continue;
      if (Object.hasOwn(settings, id)) {
        const line = tree.lineOfKey(at, name);
        throw new UserError(
          `${file}:${line}: ${name} is an earlier name of ${id}, which is set too`,
        );
      }
      settings[id] = settingOf(value);
    }
    return settings;
  });
}

/** The ids under `custom`, for the other settings to name them. Throws UserError for one that a rule has already. */
function ownRules(
  tree: YamlTree,
  file: string,
  rules: readonly ConfigurableRule[],
): ConfigurableRule[] {
  const { value } = tree;
  const custom = typeof value === "object" && value !== null && "custom" in value && value.custom;
  if (typeof custom !== "object" || custom === null) return [];
  const taken = new Set(rules.flatMap(({ id, aliases }) => [id, ...(aliases ?? [])]));
  return Object.keys(custom).map((id) => {
    if (!taken.has(id)) return { id, summary: "A rule of this configuration." };
    const line = tree.lineOfKey(["custom"], id);
    throw new UserError(`${file}:${line}: ${id} is the name of a rule that is there already`, {
      hint: "Give your own another id, or set this one under rules.",
    });
  });
}

type RulesConfig = NonNullable<Config["rules"]>;

function settingsOf(
  config: Config,
  checklist: Settings["checklist"],
  rulesOf: (at: readonly PropertyKey[], config: RulesConfig) => Record<string, RuleSetting>,
): Settings {
  const { baseline, tables, postgres } = config;
  return {
    postgres: postgres === undefined ? [] : [postgres].flat(),
    preset: config.extends ?? DEFAULT_SETTINGS.preset,
    projects: (config.projects ?? []).map(({ path, framework, placeholders }) => ({
      path: normalPath(path),
      framework,
      placeholders: placeholders ?? {},
    })),
    ...(baseline === undefined ? {} : { baseline }),
    failOn: config["fail-on"] ?? DEFAULT_SETTINGS.failOn,
    rules: rulesOf(["rules"], config.rules ?? {}),
    overrides: (config.overrides ?? []).map(({ files, rules }, index) => ({
      files: [files].flat(),
      rules: rulesOf(["overrides", index, "rules"], rules),
    })),
    custom: customRulesOf(config.custom ?? {}),
    ...(tables === undefined ? {} : { tables: normalPath(tables) }),
    verify: verifyOf(config.verify ?? {}),
    compat: compatOf(config.compat ?? {}),
    django: djangoOf(config.django),
    checklist,
  };
}

function compatOf(config: NonNullable<Config["compat"]>): Settings["compat"] {
  const { statements } = config;
  return {
    prisma: config.prisma !== "off",
    queries: config.queries ?? [],
    ...(statements === undefined ? {} : { statements: normalPath(statements) }),
  };
}

function verifyOf(config: NonNullable<Config["verify"]>): Settings["verify"] {
  const defaults = DEFAULT_SETTINGS.verify;
  return {
    engine: config.engine ?? defaults.engine,
    ...(config.before === undefined ? {} : { before: normalPath(config.before) }),
    extensions: config.extensions ?? defaults.extensions,
    rows: config.rows ?? defaults.rows,
    seed: config.seed ?? defaults.seed,
    down: config.down ?? defaults.down,
    drift: config.drift !== "off",
    limits: {
      statementMs: milliseconds(config.limits?.statement, defaults.limits.statementMs),
      migrationMs: milliseconds(config.limits?.migration, defaults.limits.migrationMs),
      totalMs: milliseconds(config.limits?.total, defaults.limits.totalMs),
    },
  };
}

function milliseconds(text: string | undefined, otherwise: number): number {
  return text === undefined ? otherwise : (parseDuration(text) ?? otherwise);
}

function settingOf(config: NonNullable<RulesConfig[string]>): RuleSetting {
  if (typeof config === "string") return { severity: config, options: {} };
  const { severity, reason, ...rest } = config;
  const options: Record<string, number | string> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined) options[name] = value;
  }
  return {
    ...(severity === undefined ? {} : { severity }),
    ...(reason === undefined ? {} : { reason }),
    options,
  };
}

/** `./db/` and `db` are one folder. */
function normalPath(path: string): string {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return parts.length === 0 ? "." : parts.join("/");
}

type Issue = z.core.$ZodIssue;

/** The fault that stands first in the file. */
function firstFault(issues: readonly Issue[], tree: YamlTree, file: string): UserError {
  const faults = issues.map((issue) => {
    const { path, message, key } = pointed(issue);
    const line = key === undefined ? tree.lineOf(path) : tree.lineOfKey(path, key);
    const where = path.length === 0 ? "" : `${path.map(String).join(".")}: `;
    return { line, text: `${file}:${line}: ${where}${message}${unquotedNumber(path, tree)}` };
  });
  faults.sort((a, b) => a.line - b.line);
  return new UserError(faults[0]?.text ?? `${file}: not a configuration`);
}

interface Pointed {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** The key that is wrong, in the object at `path`. */
  readonly key?: string;
}

/** Where a fault is; of a union, the fault in the form that the value has. */
function pointed(issue: Issue): Pointed {
  if (issue.code === "unrecognized_keys") {
    return { path: issue.path, message: issue.message, key: issue.keys[0] ?? "" };
  }
  if (issue.code === "invalid_union") {
    const fault =
      issue.errors.find((faults) => faults.every((one) => !isAboutForm(one)))?.[0] ??
      issue.errors.flat().find(({ code }) => code === "invalid_value");
    if (fault !== undefined) {
      const inner = pointed(fault);
      return { ...inner, path: [...issue.path, ...inner.path] };
    }
  }
  return { path: issue.path, message: issue.message };
}

/** The value is of another kind than this form of a union takes. */
function isAboutForm({ code, path }: Issue): boolean {
  return path.length === 0 && (code === "invalid_type" || code === "invalid_value");
}

/** `baseline: 000040` is the number 40 to YAML: says how to write it. */
function unquotedNumber(path: readonly PropertyKey[], tree: YamlTree): string {
  const source = path.join() === "baseline" ? tree.sourceOf(path) : undefined;
  return source === undefined || !/^\d+$/.test(source) ? "" : `; write "${source}"`;
}
