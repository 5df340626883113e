import { Lexer } from "./lexer.ts";

/** Whether two texts are the same SQL: token by token, white space and comments aside. Never throws. */
export function isSameSql(one: string, other: string): boolean {
  const left = new Lexer(one);
  const right = new Lexer(other);
  for (;;) {
    const kind = left.nextToken();
    if (right.nextToken() !== kind) return false;
    if (kind === "end") return true;
    if (textAt(left) !== textAt(right)) return false;
  }
}

function textAt({ text, start, end }: Lexer): string {
  return text.slice(start, end);
}
