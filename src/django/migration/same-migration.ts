import type { SyntaxNode } from "@lezer/common";
import { parser } from "@lezer/python";

/** Arguments of fields and options of models that neither the database nor the code of a migration sees. */
const UNSEEN = new Set([
  "choices",
  "error_messages",
  "help_text",
  "validators",
  "verbose_name",
  "verbose_name_plural",
]);

/** What the tree shows without it. */
const PUNCTUATION = new Set(["(", ")", "[", "]", "{", "}", ",", ":"]);

/**
 * Whether two texts of a migration do the same to a database: they differ in comments, in layout and
 * in what only people and forms read. Where it is not certain they are taken to differ.
 */
export function isSameMigration(a: string, b: string): boolean {
  return a === b || shapeOf(a) === shapeOf(b);
}

/** The tree of a text with the texts of its leaves. */
function shapeOf(text: string): string {
  let shape = "";
  let isBroken = false;
  let skippedTo = 0;
  parser.parse(text).iterate({
    enter({ name, type, from, to, node }) {
      isBroken ||= type.isError;
      if (name === "Comment" || from < skippedTo || PUNCTUATION.has(name)) return false;
      if (isUnseen(node, text)) {
        skippedTo = node.nextSibling?.nextSibling?.to ?? to;
        return false;
      }
      if (name === "ParenthesizedExpression") return true;
      if (name === "String") {
        shape += `${stringToken(text.slice(from, to))} `;
        return false;
      }
      shape += node.firstChild === null ? `${text.slice(from, to)} ` : `${name}< `;
      return true;
    },
    // Not called for what enter passed over.
    leave({ name, node }) {
      if (node.firstChild !== null && name !== "ParenthesizedExpression") shape += "> ";
    },
  });
  return isBroken ? text : shape;
}

/** The name of an argument that nothing but people and forms sees. */
function isUnseen(node: SyntaxNode, text: string): boolean {
  return (
    node.name === "VariableName" &&
    UNSEEN.has(text.slice(node.from, node.to)) &&
    node.parent?.name === "ArgList" &&
    node.nextSibling?.name === "AssignOp"
  );
}

/** A plain string is the same in either quotes. */
function stringToken(written: string): string {
  const plain = /^(?:"([^"'\\\n]*)"|'([^"'\\\n]*)')$/.exec(written);
  return plain === null ? written : JSON.stringify(plain[1] ?? plain[2]);
}
