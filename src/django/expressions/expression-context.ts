import { type SqlValue, writeText, writeValue } from "../literals/sql-value.ts";
import type { PythonValue } from "../python/value.ts";
import { quoteName } from "../schema/names.ts";
import type { Field } from "../state/field.ts";
import type { Model } from "../state/model.ts";
import { isAtLeast } from "../state/project-state.ts";
import { Uncompilable } from "../state/uncompilable.ts";

/** What an expression is compiled in: the columns of one table, and a driver that writes values. */
export class ExpressionContext {
  readonly model: Model;
  /** The columns that were named so far. */
  readonly columns = new Set<string>();

  /** Compiles a condition inside of an expression: that of a CASE. */
  readonly condition: (value: PythonValue, context: ExpressionContext) => string;

  constructor(model: Model, condition: ExpressionContext["condition"]) {
    this.model = model;
    this.condition = condition;
  }

  /** A value in the text of a statement. Before Django 5.0 percent signs were doubled. */
  write(value: SqlValue): string {
    const { settings } = this.model.apps;
    const text = writeValue(value, settings.driver);
    return isAtLeast(settings, 5, 0) ? text : text.replaceAll("%", "%%");
  }

  writeText(text: string): string {
    return writeText(text, this.model.apps.settings.driver);
  }

  /** A field of the model; a path through a relation to the other model's key ends at the relation. */
  field(path: readonly string[]): { readonly field: Field; readonly rest: readonly string[] } {
    const [name = "", ...rest] = path;
    const field = this.model.field(name);
    const [next] = rest;
    const isKey =
      field.isRelation && next !== undefined && (next === "pk" || next === field.target.name);
    return { field, rest: isKey ? rest.slice(1) : rest };
  }

  column(field: Field): string {
    if (field.databaseType === undefined) {
      throw new Uncompilable(`the column of ${field.name}`, field.state.span);
    }
    this.columns.add(field.column);
    return quoteName(field.column);
  }
}
