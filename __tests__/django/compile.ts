import {
  type CompiledMigration,
  type CompilerState,
  compileMigration,
  emptyState,
} from "../../src/django/compiler/compile-migration.ts";
import { readMigration } from "../../src/django/migration/read-migration.ts";
import { readModule } from "../../src/django/python/module.ts";
import type { ProjectSettings } from "../../src/django/state/project-state.ts";

export const SETTINGS: ProjectSettings = {
  version: [5, 2],
  driver: "psycopg",
  swappable: { AUTH_USER_MODEL: "auth.User" },
  autoField: "BigAutoField",
  customFields: () => undefined,
};

/** Compiles the text of a migration of the app `shop`, after `state` or from nothing. */
export function compile(
  text: string,
  state: CompilerState = emptyState(SETTINGS),
  app = "shop",
): CompiledMigration {
  const module = readModule(text, {
    path: `${app}/migrations/0002_change.py`,
    module: { name: `${app}.migrations.0002_change`, isPackage: false },
    djangoVersion: state.project.settings.version,
  });
  const operations = readMigration(module)?.operations ?? [];
  return compileMigration(state, { app, operations });
}

const HEAD = `import django.contrib.postgres.fields
import django.contrib.postgres.operations
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

`;

/** The text of a migration with these operations, each as it stands in the list. */
export function migrationOf(...operations: readonly string[]): string {
  return `${HEAD}class Migration(migrations.Migration):
    operations = [
        ${operations.join(",\n        ")},
    ]
`;
}

/** The statements of a list, or why there are none. */
export function sqlOf(statements: CompiledMigration["down"]): string[] {
  return "irreversible" in statements
    ? [statements.irreversible]
    : statements.map(({ sql }) => sql);
}
