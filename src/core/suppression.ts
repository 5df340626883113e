import type { Comment, Script } from "./statement.ts";
import type { Span } from "./span.ts";
import type { Rule } from "./rule.ts";

/** A comment that asks not to report a rule. */
export interface Suppression {
  /** Where the comment stands. */
  readonly span: Span;
  /** The name as written; empty where the comment names no rule. */
  readonly name: string;
  /** Ids of our rules that it stands for: none for an unknown name, several for a name of squawk's. */
  readonly rules: readonly string[];
  /** Findings that begin in it are meant; absent: in the whole file. */
  readonly scope?: Span;
  readonly reason?: string;
  /** `squawk`: written for another linter; never reported as unused. */
  readonly origin: "own" | "squawk";
}

/** A script as its author wrote it. */
type WrittenText = Omit<Script, "written">;

const DIRECTIVE = /^(migrate-verify-ignore|squawk-ignore)(-file)?(?:\s+|:\s*|$)([\s\S]*)$/;
const NAME = /^[a-z][a-z0-9-]*/;

/** Reads the suppressions of a script from its comments, and those for the whole file that stand in its other half. */
export function readSuppressions(script: WrittenText, rules: readonly Rule[]): Suppression[] {
  if (!script.text.includes("-ignore")) return [];
  return [
    ...script.comments.flatMap((comment) => readDirective(comment, script, rules)),
    ...script.outside
      .flatMap((comment) => readDirective(comment, script, rules))
      .filter(({ scope }) => scope === undefined),
  ];
}

function readDirective(
  comment: Comment,
  script: WrittenText,
  rules: readonly Rule[],
): Suppression[] {
  const match = DIRECTIVE.exec(comment.text);
  if (match === null) return [];
  const suppressions: Suppression[] = [];
  const origin = match[1] === "squawk-ignore" ? "squawk" : "own";
  const scope = match[2] === undefined ? scopeOf(comment, script) : undefined;
  const { names, reason } = splitNames(match[3] ?? "");
  for (const name of names.length === 0 ? [""] : names) {
    suppressions.push({
      span: comment.span,
      name,
      rules: rulesNamed(name, origin, rules),
      origin,
      ...(scope === undefined ? {} : { scope }),
      ...(reason === undefined ? {} : { reason }),
    });
  }
  return suppressions;
}

/** `rule, rule reason` apart. The list ends at the first name that no comma follows. */
function splitNames(text: string): { names: string[]; reason?: string } {
  const names: string[] = [];
  let rest = text.trim();
  for (;;) {
    const name = NAME.exec(rest)?.[0];
    if (name === undefined) break;
    names.push(name);
    rest = rest.slice(name.length).trimStart();
    if (!rest.startsWith(",")) break;
    rest = rest.slice(1).trimStart();
  }
  const reason = rest.replace(/^(?:--|:|-)\s*/, "").trim();
  return reason === "" ? { names } : { names, reason };
}

function rulesNamed(name: string, origin: Suppression["origin"], rules: readonly Rule[]): string[] {
  return rules
    .filter((rule) =>
      origin === "squawk"
        ? (rule.squawk?.includes(name) ?? false)
        : rule.id === name || (rule.aliases?.includes(name) ?? false),
    )
    .map((rule) => rule.id);
}

/**
 * The statement that a comment speaks of: the one it stands in, the one that ends on its line when
 * it is trailing, otherwise the next. An empty span when there is none.
 */
function scopeOf(comment: Comment, script: WrittenText): Span {
  const { statements, unparsed, lines, text } = script;
  const spans = [
    ...statements.map(({ span }) => span),
    ...unparsed.map(({ statement }) => statement),
  ].toSorted((a, b) => a.start - b.start);
  let previous: Span | undefined;
  for (const span of spans) {
    if (span.start <= comment.span.start && comment.span.end <= span.end) return span;
    if (span.start >= comment.span.end) {
      return comment.trailing && previous !== undefined && endsOnLineOf(previous) ? previous : span;
    }
    previous = span;
  }
  if (comment.trailing && previous !== undefined) return previous;
  return { start: text.length, end: text.length };

  function endsOnLineOf(span: Span): boolean {
    return lines.place(span).endLine === lines.place(comment.span).line;
  }
}

/** Whether a finding of a rule that begins at an offset is suppressed by this comment. */
export function suppresses(suppression: Suppression, rule: string, offset: number): boolean {
  if (!suppression.rules.includes(rule)) return false;
  const scope = suppression.scope;
  return (
    scope === undefined || (scope.start <= offset && offset < Math.max(scope.end, scope.start + 1))
  );
}
