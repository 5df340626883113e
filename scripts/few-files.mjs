// Joins chunks of esbuild's. It makes one for every set of entry points that share something, which is
// dozens of tiny ones, and each costs Node half a millisecond to load. They become CommonJS, which Node
// loads sooner than modules, and whose compiled code can be kept on Node 20 too.
import { posix } from "node:path";
import { rolldown } from "rolldown";

/** What keeps the compiled code of all that is loaded after it. */
const KEEPING = ["src/main/cli.ts"];
/** These say something, or start a database, before the rest is loaded. */
const FIRST = ["src/cli/start.ts", "src/cli/run.ts"];
const ACTION = ["src/main/action.ts"];
/** What lint of one file needs. */
const LINT = ["src/cli/check.ts", "src/report/text.ts"];

/**
 * Takes the files that esbuild made, their texts by name, and its metafile's `outputs` with the names
 * for keys; answers fewer files that do the same, as a list of `{ name, text }`. Entry points keep
 * their names, and load a file that is named after its content, which is that of all that it loads.
 */
export async function fewFiles(texts, outputs) {
  const entries = [...texts.keys()].filter(isEntry);
  const together = groups(texts, outputs);
  const bundler = await rolldown({
    input: entries.map((name) => `./${name}`),
    platform: "node",
    plugins: [fromMemory(texts)],
    checks: { eval: false },
    preserveEntrySignatures: false,
  });
  const { output } = await bundler.generate({
    format: "cjs",
    entryFileNames: "[name]-[hash].cjs",
    chunkFileNames: ({ name }) => `${name.replace(/-[A-Z0-9]{8}$/, "")}-[hash].cjs`,
    comments: false,
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ debugName: "few-files", name: (id) => together.get(posix.basename(id)) ?? null }],
    },
  });
  await bundler.close();
  const files = output.map(({ fileName, code }) => ({
    name: fileName,
    text: asciiOnly(code.replace(SHEBANG, "")),
  }));
  const starts = output
    .filter(({ isEntry: starting }) => starting)
    .map(({ name, fileName, code }) => ({ name: `${name}.js`, text: start(fileName, code) }));
  return [...files, ...starts];
}

const SHEBANG = /^#!.*\n/;

/** Of the package, which is one of modules, `name.js` has to be a module. */
function start(fileName, code) {
  return `${SHEBANG.exec(code)?.[0] ?? ""}import { createRequire } from "node:module";
createRequire(import.meta.url)("./${fileName}");
`;
}

/** Only chunks carry the sum of their content. */
function isEntry(name) {
  return !name.includes("-");
}

/** The name of the file that each chunk goes to; one that has none stays by itself. */
function groups(texts, outputs) {
  const reached = (sources) => {
    const names = Object.keys(outputs).filter((name) => sources.includes(outputs[name].entryPoint));
    const missing = sources.length - names.length;
    if (missing > 0) throw new Error(`${missing} of ${sources.join(", ")} is no entry point`);
    return closure(names, outputs);
  };
  const first = reached(FIRST);
  const action = reached(ACTION);
  const named = new Map();
  for (const name of reached(LINT)) named.set(name, action.has(name) ? "first" : "lint");
  for (const name of first) named.set(name, "first");
  for (const name of reached(KEEPING)) named.set(name, "keeping");
  // An entry point that others import would wait for itself.
  for (const name of texts.keys()) if (isEntry(name)) named.delete(name);
  return named;
}

/** The chunks, and all that they import statically. */
function closure(names, outputs) {
  const reached = new Set(names);
  for (const name of reached) {
    for (const { path, kind, external } of outputs[name].imports) {
      if (kind === "import-statement" && external !== true) reached.add(path);
    }
  }
  return reached;
}

function fromMemory(texts) {
  return {
    name: "from-memory",
    resolveId: (id) => (texts.has(posix.basename(id)) ? posix.basename(id) : undefined),
    load: (id) => texts.get(id),
  };
}

/** V8 keeps a file with a single other letter in two bytes for each, which is slower to read. */
function asciiOnly(text) {
  return text.replace(
    /[\u0080-\uffff]/g,
    (unit) => String.raw`\u` + unit.charCodeAt(0).toString(16).padStart(4, "0"),
  );
}
