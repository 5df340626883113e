import {
  Composer,
  LineCounter,
  Parser,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  visit,
} from "yaml";
import type { CST, Document, YAMLMap } from "yaml";
import { UserError } from "../core/user-error.ts";

/** Longest text that is read, in characters. */
const MAX_LENGTH = 256 * 1024;
/** Deeper nesting could exhaust the stack of the reader. */
const MAX_DEPTH = 32;
const MAX_ALIASES = 100;

/** A YAML file as a value, with the places that its parts stand at. */
export interface YamlTree {
  /** Null for a file that holds nothing. */
  readonly value: unknown;
  /** 1-based line of a part; of its nearest ancestor where the part itself has none. */
  lineOf(path: readonly PropertyKey[]): number;
  /** 1-based line of a key of the map at `path`. */
  lineOfKey(path: readonly PropertyKey[], key: string): number;
  /** A scalar as it is written, without quotes; undefined for anything else. */
  sourceOf(path: readonly PropertyKey[]): string | undefined;
}

/**
 * Reads one document of YAML 1.2 in its core schema. Throws UserError, with file and line, for what
 * is not that, for duplicate keys, and for what is too large, too deep or too much of an alias.
 */
export function readYaml(text: string, file: string): YamlTree {
  if (text.length > MAX_LENGTH) {
    throw new UserError(
      `${file}: longer than ${MAX_LENGTH} characters, which no configuration is.`,
    );
  }
  const lines = new LineCounter();
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const fail = (offset: number, what: string): never => {
    throw new UserError(`${file}:${lineAt(offset)}: ${what}`);
  };

  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const deep = tooDeep(tokens);
  if (deep !== undefined) fail(deep, `nested deeper than ${MAX_DEPTH} levels`);
  // Duplicate keys are looked for below: the reader's own search compares every key with every other.
  const documents = new Composer({ version: "1.2", schema: "core", uniqueKeys: false }).compose(
    tokens,
    true,
    text.length,
  );
  const [document, second] = [...documents];
  if (document === undefined) return tree(null, undefined, lineAt);
  if (second !== undefined) fail(second.range[0], "a second document; one is read");
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined) fail(fault.pos[0], sentence(fault.message));
  if (document.directives?.yaml.version !== "1.2") fail(0, "YAML 1.2 is read, no other version");
  checkKeysAndAliases(document, fail);
  return tree(document.toJS({ maxAliasCount: -1 }), document, lineAt);
}

type Fail = (offset: number, what: string) => never;

/** Offset of the first token below the deepest level that is read. */
function tooDeep(tokens: readonly CST.Token[]): number | undefined {
  const open: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > MAX_DEPTH) return token.offset;
    const inner: CST.CollectionItem[] = "items" in token ? token.items : [];
    if (token.type === "document" && token.value !== undefined) {
      open.push({ token: token.value, depth: depth + 1 });
    }
    for (const { key, value } of inner) {
      if (key != null) open.push({ token: key, depth: depth + 1 });
      if (value !== undefined) open.push({ token: value, depth: depth + 1 });
    }
  }
  return undefined;
}

function checkKeysAndAliases(document: Document.Parsed, fail: Fail): void {
  const anchors = new Set<string>();
  let aliases = 0;
  visit(document, {
    Node(_, node, ancestors) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.add(node.anchor);
        if (isMap(node)) checkKeys(node, fail);
        return;
      }
      aliases += 1;
      const offset = node.range?.[0] ?? 0;
      if (aliases > MAX_ALIASES) fail(offset, `more than ${MAX_ALIASES} aliases`);
      // Aliases of aliases multiply.
      if (ancestors.some((one) => isCollection(one) && one.anchor !== undefined)) {
        fail(offset, "an alias inside of what an anchor names");
      }
      if (!anchors.has(node.source)) fail(offset, `no anchor &${node.source} stands before it`);
    },
  });
}

function checkKeys(map: YAMLMap, fail: Fail): void {
  const seen = new Set<string>();
  for (const { key } of map.items) {
    const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
    if (!isScalar(key)) return fail(offset, "a key that is not a plain text");
    const name = String(key.value);
    if (seen.has(name)) fail(offset, `the key ${JSON.stringify(name)} is there twice`);
    seen.add(name);
  }
}

function tree(
  value: unknown,
  document: Document.Parsed | undefined,
  lineAt: (offset: number) => number,
): YamlTree {
  const nodeAt = (path: readonly PropertyKey[]): unknown => document?.getIn(path, true);
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = nodeAt(path.slice(0, length));
      if (isNode(node) && node.range != null) return lineAt(node.range[0]);
    }
    return 1;
  };
  return {
    value,
    lineOf,
    lineOfKey(path, key) {
      const map = path.length === 0 ? document?.contents : nodeAt(path);
      const pair = isMap(map)
        ? map.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
        : undefined;
      return isScalar(pair?.key) && pair.key.range != null
        ? lineAt(pair.key.range[0])
        : lineOf(path);
    },
    sourceOf(path) {
      const node = nodeAt(path);
      return isScalar(node) ? node.source : undefined;
    },
  };
}

/** The reader's message in one line, without the excerpt that it may end with. */
function sentence(message: string): string {
  return (message.split("\n")[0] ?? message).replace(/(?: at line \d+, column \d+)?:?$/, "");
}
