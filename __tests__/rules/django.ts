import { rules } from "../../rules/index.ts";
import type { Finding } from "../../src/core/finding.ts";
import { lintProject } from "../../src/core/lint.ts";
import type { Change, Project } from "../../src/core/migration.ts";
import type { Rule, RuleExample } from "../../src/core/rule.ts";
import { djangoSource } from "../../src/django/django-source.ts";
import { loadParser } from "../../src/parser/parse-script.ts";
import { scopeProject } from "../../src/review/changed.ts";
import { readProject } from "../../src/review/read-project.ts";
import { detectProjects } from "../../src/sources/detect.ts";
import { repository } from "../sources/repository.ts";
import { migrationsOf } from "./lint.ts";

const parser = await loadParser();

/** Every example of a rule that is written for Django. */
export const djangoExamples: readonly { title: string; rule: Rule; example: RuleExample }[] =
  rules.flatMap((rule) =>
    rule.examples
      .filter(({ language }) => language === "django")
      .map((example) => ({ title: `${rule.id}: ${example.title}`, rule, example })),
  );

/** The files of an example's project: an app “shop”, its first migration on the base. */
export function djangoFiles(before: string, changed: string): Record<string, string> {
  const migrations = [before, ...migrationsOf(changed)].map((text, index): [string, string] => [
    `shop/migrations/000${index + 1}_${index === 0 ? "before" : "change"}.py`,
    `${text}\n`,
  ]);
  return {
    "manage.py": "",
    "requirements.txt": "Django==5.2\n",
    "shop/__init__.py": "",
    "shop/migrations/__init__.py": "",
    ...Object.fromEntries(migrations),
  };
}

/** The only Django project of some files. */
export function djangoProject(
  files: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, string>> = {},
): Project {
  const sources = [djangoSource({ fields })];
  const { projects } = detectProjects(repository(files), [], undefined, sources);
  const [project] = projects;
  if (project === undefined) throw new Error("these files are no Django project");
  return project;
}

/** All that lint finds in the files that `changeOf` says were changed; by default all but the first. Throws when a rule crashes. */
export function djangoFindings(
  files: Readonly<Record<string, string>>,
  options: {
    readonly rules?: readonly Rule[];
    readonly changeOf?: (path: string) => Change;
  } = {},
): readonly Finding[] {
  const project = djangoProject(files);
  const changeOf = options.changeOf ?? isLater;
  const scoped = scopeProject(project, ({ up }) => changeOf(up.path), undefined);
  const { migrations } = readProject(project, scoped, parser, undefined);
  const result = lintProject({
    framework: "django",
    migrations,
    rules: options.rules ?? rules,
    preset: "strict",
    postgres: [],
    settingsOf: () => () => undefined,
    rows: () => undefined,
  });
  const crash = result.crashes[0];
  if (crash !== undefined) throw crash.error;
  return result.migrations.flatMap(({ findings }) => findings);
}

function isLater(path: string): Change {
  return /\/0001_|^django\//.test(path) ? "unchanged" : "added";
}
