import type { CreateFunctionStmt, FunctionParameter, Node } from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import type { ReadRows } from "../core/operations/rows.ts";
import type { CreateFunction } from "../core/operations/object.ts";
import { listedName } from "./names.ts";
import { bodiesOf, bodyOf, constantText } from "./node.ts";
import { hasOption, optionOf } from "./options.ts";
import { madeOnTables } from "./made-on-tables.ts";
import { readFunctionBody } from "./read-body.ts";
import { readTypeName } from "./read-type-name.ts";
import type { StatementPlace } from "./statement-place.ts";

export function readCreateFunction(
  statement: CreateFunctionStmt,
  place: StatementPlace,
): Operation[] {
  const parameters = signature(statement.parameters);
  const language = languageOf(statement);
  const searchPath = searchPathOf(statement);
  const makes = madeOnTables(optionOf(statement.options, "as")?.arg);
  let body: { readonly reads: ReadRows | undefined } | undefined;
  return [
    {
      kind: "create-function",
      span: place.span,
      function: listedName(statement.funcname),
      procedure: statement.is_procedure ?? false,
      orReplace: statement.replace ?? false,
      parameters: parameters.map((parameter) => readTypeName(parameter.argType, place)),
      defaults: parameters.filter((parameter) => parameter.defexpr !== undefined).length,
      ...(statement.returnType === undefined
        ? {}
        : { returns: readTypeName(statement.returnType, place) }),
      language,
      volatility: volatilityOf(statement),
      securityDefiner: hasOption(statement.options, "security"),
      standardBody: statement.sql_body !== undefined,
      ...(searchPath === undefined ? {} : { searchPath }),
      ...(makes.length === 0 ? {} : { makes }),
      get body() {
        body ??= { reads: readFunctionBody(statement, language, place) };
        return body.reads;
      },
    },
  ];
}

const OUTPUT_MODES = new Set(["FUNC_PARAM_OUT", "FUNC_PARAM_TABLE"]);

/** The parameters that tell one overload from another: all but OUT and the columns of RETURNS TABLE. */
export function signature(parameters: readonly Node[] | undefined): FunctionParameter[] {
  return bodiesOf(parameters, "FunctionParameter").filter(
    (parameter) => !OUTPUT_MODES.has(parameter.mode ?? ""),
  );
}

/** An SQL-standard body needs no LANGUAGE. */
function languageOf(statement: CreateFunctionStmt): string {
  const option = optionOf(statement.options, "language");
  return constantText(option?.arg)?.toLowerCase() ?? "sql";
}

function volatilityOf(statement: CreateFunctionStmt): CreateFunction["volatility"] {
  const word = constantText(optionOf(statement.options, "volatility")?.arg);
  return word === "immutable" || word === "stable" ? word : "volatile";
}

function searchPathOf(statement: CreateFunctionStmt): string | undefined {
  for (const option of bodiesOf(statement.options, "DefElem")) {
    const setting = bodyOf(option.arg, "VariableSetStmt");
    if (setting?.name !== "search_path") continue;
    return (setting.args ?? []).map((node) => constantText(node) ?? "").join(", ");
  }
  return undefined;
}
