import * as z from "zod";
import { DEFAULT_SETTINGS, type DjangoSettings } from "../core/settings.ts";
import { expected, keyed } from "./expectation.ts";

const texts = (what: string): z.ZodRecord<z.ZodString, z.ZodString> =>
  z.record(z.string(), z.string({ error: expected(`a text; write a number in quotes`) }), {
    error: expected(what),
  });

/** A word holds no blanks and no quotes: there is no shell to read them. */
const COMMAND = /^[^\s"'`$&|;<>\\]+(?: +[^\s"'`$&|;<>\\]+)*$/;

export const django = keyed("settings of Django's projects", {
  command: z
    .string({ error: expected("a command, for example python manage.py") })
    .regex(COMMAND, {
      error: expected(
        "words with blanks between them, for example python manage.py; no shell reads it",
      ),
    })
    .optional()
    .describe(
      "Runs the project's own Django on the throwaway database too, from the folder of manage.py: python manage.py. Runs code of the repository, so it is off unless it is stated; the App never does it.",
    ),
  environment: texts("names with their values")
    .optional()
    .describe("What the command finds in its environment, for the project's settings to load."),
  fields: texts("field classes with what they are")
    .optional()
    .describe(
      "Field classes that are not Django's by their full names: a class of Django's (django.db.models.TextField), or the column's type (numeric(12, 2)).",
    ),
});

/** The settings that a file's `django` states. */
export function djangoOf(config: z.infer<typeof django> | undefined): DjangoSettings {
  const { command, environment, fields } = config ?? {};
  return {
    ...(command === undefined ? {} : { command: command.split(/ +/) }),
    environment: environment ?? DEFAULT_SETTINGS.django.environment,
    fields: fields ?? DEFAULT_SETTINGS.django.fields,
  };
}
