/** How many words of a statement are kept. */
const WORDS = 6;

/*
 * Space, comments, string constants, quoted names, dollar quotes, words, and any other character. A
 * doubled quote reads as two constants side by side. What begins and does not end is taken up to
 * the end of the text, so every text is read once.
 */
const TOKEN =
  /\s+|--[^\n]*|[eE]'(?:[^'\\]+|\\[^])*(?:'|$)|'[^']*(?:'|$)|"[^"]*(?:"|$)|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|[^]/gy;

/**
 * The first words of each statement of a script, in capitals: `CREATE UNIQUE INDEX CONCURRENTLY …`.
 * It is what a runner looks at that decides by the kind of a statement how it is run; for anything
 * more there is the parser. Words in parentheses do not count.
 */
export function statementHeads(text: string): string[] {
  const heads: string[] = [];
  let words: string[] | undefined;
  let depth = 0;
  for (const token of tokensOf(text)) {
    if (token === ";" && depth === 0) {
      if (words !== undefined) heads.push(words.join(" "));
      words = undefined;
      continue;
    }
    words ??= [];
    if (token === "(") depth += 1;
    else if (token === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0 && words.length < WORDS && isWord(token)) words.push(token.toUpperCase());
  }
  if (words !== undefined) heads.push(words.join(" "));
  return heads;
}

/** Tokens without space and comments; a dollar-quoted string is its opening quote alone. */
function* tokensOf(text: string): Generator<string> {
  const pattern = new RegExp(TOKEN);
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [token] = match;
    if (token === "/" && text[match.index + 1] === "*") {
      pattern.lastIndex = endOfComment(text, match.index);
    } else if (!/^(?:--|\s)/.test(token)) {
      if (token.length > 1 && token.startsWith("$")) {
        pattern.lastIndex = endOfDollarQuote(text, match.index, token);
      }
      yield token;
    }
  }
}

function isWord(token: string): boolean {
  return /^[A-Za-z_\u0080-\uffff]/.test(token) && !token.includes("'");
}

function endOfDollarQuote(text: string, at: number, tag: string): number {
  const end = text.indexOf(tag, at + tag.length);
  return end === -1 ? text.length : end + tag.length;
}

/** Block comments nest in PostgreSQL (https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-COMMENTS). */
function endOfComment(text: string, at: number): number {
  const MARK = /\/\*|\*\//g;
  MARK.lastIndex = at;
  let depth = 0;
  for (let match = MARK.exec(text); match !== null; match = MARK.exec(text)) {
    depth += match[0] === "/*" ? 1 : -1;
    if (depth === 0) return MARK.lastIndex;
  }
  return text.length;
}
