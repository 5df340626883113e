import * as z from "zod";
import { configSchema } from "./config-schema.ts";
import type { ConfigurableRule } from "./rule-schema.ts";

/** The JSON schema of `migrate-verify.yml`, for editors (draft 7, which all of them know). */
export function configJsonSchema(rules: readonly ConfigurableRule[]): Record<string, unknown> {
  const schema = z.toJSONSchema(configSchema(rules), {
    target: "draft-7",
    io: "input",
  });
  return {
    ...schema,
    title: "migrate-verify.yml",
    description: "Configuration of migrate-verify.",
  };
}
