import { CONTRIB_APPS, type ContribMigration } from "./contrib-apps.ts";

/** A migration of an app that comes with Django, as a file that is in no repository. */
export interface ContribFile {
  readonly app: string;
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

let files: readonly ContribFile[] | undefined;

/** The migrations of Django's own apps. */
export function contribFiles(): readonly ContribFile[] {
  files ??= readContrib();
  return files;
}

function readContrib(): ContribFile[] {
  return Object.entries(CONTRIB_APPS).flatMap(([app, migrations]) =>
    migrations.map((migration) => ({
      app,
      name: migration.name,
      path: `django/contrib/${app}/migrations/${migration.name}.py`,
      text: moduleText(migration),
    })),
  );
}

function moduleText({ dependencies, operations }: ContribMigration): string {
  return `from django.conf import settings
from django.db import migrations as m, models as f
from django.utils import timezone

class Migration(m.Migration):
    dependencies = [${dependencies}]
    operations = [
${operations}
    ]
`;
}
