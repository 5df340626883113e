import { isSameValue } from "../python/same-value.ts";
import type { Field } from "../state/field.ts";
import { Refusal } from "../state/uncompilable.ts";
import { alterColumn } from "./alter-column.ts";
import { renameTable } from "./tables.ts";
import { isAltered } from "./field-difference.ts";
import type { SchemaEditor } from "./schema-editor.ts";
import { throughNames } from "../state/apps.ts";

/** Changes a field into another one (`BaseDatabaseSchemaEditor.alter_field`). */
export function alterField(before: Field, after: Field, editor: SchemaEditor): void {
  if (!isAltered(before, after, editor)) return;
  if (before.isManyToMany && after.isManyToMany) {
    if (before.hasOwnThrough !== after.hasOwnThrough) refuse(before, after);
    if (before.hasOwnThrough) alterManyToMany(before, after, editor);
    return;
  }
  const [old, now] = [before.databaseType, after.databaseType];
  if (old === undefined && now === undefined) return;
  if (old === undefined || now === undefined) refuse(before, after);
  if (isChangedGeneration(before, after)) {
    throw new Refusal(
      `Django refuses to modify the GeneratedField ${after.name}: it must be removed and added again`,
      after.state.span,
    );
  }
  alterColumn(before, after, editor);
}

function refuse(before: Field, after: Field): never {
  throw new Refusal(
    `Django cannot alter ${before.name} from ${before.internalType} to ${after.internalType}: they are not compatible`,
    after.state.span,
  );
}

function isChangedGeneration(before: Field, after: Field): boolean {
  if (before.isGenerated !== after.isGenerated) return true;
  if (!after.isGenerated) return false;
  return ["expression", "db_persist"].some(
    (name) => !isSameValue(before.argument(name), after.argument(name)),
  );
}

/** Renames the table between two models, and leads its two foreign keys to where they belong now. */
export function alterManyToMany(before: Field, after: Field, editor: SchemaEditor): void {
  const [old, now] = [before.through, after.through];
  renameTable(old.table, now.table, editor);
  const [oldFrom, oldTo] = throughNames(before);
  const [nowFrom, nowTo] = throughNames(after);
  alterField(old.field(oldTo), now.field(nowTo), editor);
  alterField(old.field(oldFrom), now.field(nowFrom), editor);
}
