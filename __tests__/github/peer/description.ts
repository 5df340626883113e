import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

const require = createRequire(import.meta.url);

interface Operation {
  readonly parameters?: readonly { readonly $ref?: string }[];
  readonly requestBody?: { readonly content: Record<string, unknown>; readonly required?: boolean };
  readonly responses: Record<string, { readonly $ref?: string; readonly content?: object }>;
}

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: { readonly type?: string };
}

interface Description {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: {
    readonly examples: Record<string, { readonly value: unknown }>;
    readonly parameters: Record<string, Parameter>;
    readonly responses: Record<string, { readonly content?: object }>;
  };
}

/** GitHub's own description of its REST API, and the check of requests and answers against it. */
class ApiDescription {
  readonly #description = JSON.parse(
    readFileSync(require.resolve("@octokit/openapi/generated/api.github.com.json"), "utf8"),
  ) as Description;
  readonly #ajv = new Ajv({
    strict: false,
    validateSchema: false,
    code: { optimize: false },
    inlineRefs: false,
  });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor() {
    (addFormats as unknown as (ajv: Ajv) => void)(this.#ajv);
    mendInstallations(this.#description);
    allowNull(this.#description);
    this.#ajv.addSchema(this.#description, "github");
  }

  /** A copy of one of the description's example answers. */
  example(name: string): unknown {
    const found = this.#description.components.examples[name];
    if (found === undefined) throw new Error(`the description has no example ${name}`);
    return structuredClone(found.value);
  }

  /** What is wrong with a request, told as GitHub's description sees it; undefined: nothing. */
  wrongRequest(
    method: string,
    template: string,
    query: URLSearchParams,
    body: unknown,
  ): string | undefined {
    const operation = this.#operation(method, template);
    const wrong = this.#wrongQuery(operation, query);
    if (wrong !== undefined) return wrong;
    if (operation.requestBody === undefined) {
      return body === undefined ? undefined : "a body, and the operation takes none";
    }
    if (body === undefined) {
      return operation.requestBody.required === true ? "no body" : undefined;
    }
    const pointer = [
      "paths",
      template,
      method,
      "requestBody",
      "content",
      "application/json",
      "schema",
    ];
    return this.#wrong(pointer, body);
  }

  #wrongQuery(operation: Operation, query: URLSearchParams): string | undefined {
    for (const one of operation.parameters ?? []) {
      const name = /parameters\/(.+)$/.exec(one.$ref ?? "")?.[1];
      const shared = name === undefined ? undefined : this.#description.components.parameters[name];
      const parameter = shared ?? (one as Parameter);
      const text = parameter.in === "query" ? query.get(parameter.name) : null;
      if (text === null) continue;
      const value = typed(text, parameter.schema.type);
      if (this.#ajv.validate(withRoot(parameter.schema), value)) continue;
      return `query ${parameter.name}=${text}: ${this.#ajv.errorsText()}`;
    }
    return undefined;
  }

  /** What is wrong with an answer of a status. */
  wrongAnswer(method: string, template: string, status: number, body: unknown): string | undefined {
    const response = this.#operation(method, template).responses[String(status)];
    // Not every operation describes the errors that all of them share.
    if (response === undefined) return status >= 400 ? undefined : `no answer of status ${status}`;
    const name = /responses\/(.+)$/.exec(response.$ref ?? "")?.[1];
    const shared = name === undefined ? undefined : this.#description.components.responses[name];
    const types = Object.keys((shared ?? response).content ?? {});
    if (types.length === 0) {
      return body === undefined ? undefined : "a body, and none is described";
    }
    const type = types.includes("application/json") ? "application/json" : String(types[0]);
    const own = ["paths", template, method, "responses", String(status)];
    const start = name === undefined ? own : ["components", "responses", name];
    return this.#wrong([...start, "content", type, "schema"], body);
  }

  #operation(method: string, template: string): Operation {
    const operation = this.#description.paths[template]?.[method];
    if (operation === undefined) throw new Error(`GitHub does not describe ${method} ${template}`);
    return operation;
  }

  #wrong(path: readonly string[], value: unknown): string | undefined {
    const pointer = path.map((part) =>
      encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")),
    );
    const reference = `github#/${pointer.join("/")}`;
    let validate = this.#validators.get(reference);
    if (validate === undefined) {
      validate = this.#ajv.compile({ $ref: reference });
      this.#validators.set(reference, validate);
    }
    return validate(value) ? undefined : this.#ajv.errorsText(validate.errors);
  }
}

/** The list of installations is described anew in place, where an account is a user and an enterprise at once. */
function mendInstallations({ paths }: Description): void {
  const content = paths["/app/installations"]?.["get"]?.responses["200"]?.content;
  Object.assign(content ?? {}, {
    "application/json": {
      schema: { type: "array", items: { $ref: "#/components/schemas/installation" } },
    },
  });
}

/** OpenAPI 3.0's `nullable` also holds for enums that do not name null and for references; JSON Schema knows it for types only. */
function allowNull(schema: unknown): void {
  if (typeof schema !== "object" || schema === null) return;
  for (const value of Object.values(schema)) allowNull(value);
  const open = schema as Record<string, unknown>;
  const values = open["enum"];
  if (open["nullable"] !== true) return;
  if (Array.isArray(values) && !values.includes(null)) values.push(null);
  if (open["type"] !== undefined) return;
  const { nullable: _, ...rest } = open;
  for (const key of Object.keys(open)) delete open[key];
  open["anyOf"] = [rest, { type: "null" }];
}

function withRoot(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"github#/')) as object;
}

function typed(text: string, type: string | undefined): unknown {
  if (type === "integer" && /^-?\d+$/.test(text)) return Number(text);
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  return text;
}

let description: ApiDescription | undefined;

/** Read when it is first asked for: it is 13 MB. */
export function apiDescription(): ApiDescription {
  description ??= new ApiDescription();
  return description;
}
