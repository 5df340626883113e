/** What stands in a body of SQL or PL/pgSQL: strings, names and dollar quotes, in which nothing is a comment, and comments. */
const PIECES =
  /\be'(?:[^'\\]|\\[^]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$[a-z_]*\$)[^]*?\1|--[^\r\n]*|\/\*[^]*?\*\//gi;

/** A longer definition is left as it is, in UTF-16 units: it is anybody's text, and quotes without an end are looked for long. */
const LONGEST = 20_000;

/** A function's definition, as `pg_get_functiondef` writes it, without the comments in its body. */
export function withoutComments(definition: string): string {
  const [, head = "", body, tail = ""] =
    definition.length > LONGEST
      ? []
      : (/^([^]*?\n LANGUAGE (?:plpgsql|sql)\b[^]*?\nAS \$function\$)([^]*)(\$function\$\s*)$/.exec(
          definition,
        ) ?? []);
  if (body === undefined) return definition;
  return (
    head + body.replaceAll(PIECES, (piece) => (/^(?:--|\/\*)/.test(piece) ? " " : piece)) + tail
  );
}
