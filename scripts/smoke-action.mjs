// Runs the committed dist/action.js as GitHub does: with Node 24, in a foreign workspace, without
// node_modules. Node comes from the npm package of its name.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const NODE = "24.21.0";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "migrate-verify-smoke-"));
try {
  const node = installNode(join(folder, "node"));
  const clone = join(folder, "clone");
  execFileSync("git", ["clone", "--quiet", "--no-hardlinks", root, clone], { stdio: "inherit" });
  const workspace = makeWorkspace(join(folder, "workspace"));
  const output = join(folder, "output");
  const event = join(folder, "event.json");
  writeFileSync(output, "");
  writeFileSync(event, "{}");
  const { status, stdout, stderr } = spawnSync(node, [join(clone, "dist", "action.js")], {
    cwd: workspace,
    encoding: "utf8",
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      GITHUB_EVENT_NAME: "workflow_dispatch",
      GITHUB_EVENT_PATH: event,
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: output,
      RUNNER_TEMP: folder,
      INPUT_ALL: "true",
    },
  });
  const told = readFileSync(output, "utf8");
  if (status !== 0 || !/^verdict<<(\S+)\npass\n\1$/m.test(told)) {
    throw new Error(`exit status ${status}\n${stdout}\n${stderr}\n${told}`);
  }
  const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
  console.log(`dist/action.js under Node ${version}: pass`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The package brings no program: its script fetches the one of this machine from the registry. */
function installNode(prefix) {
  mkdirSync(prefix);
  const install = ["install", "--no-save", "--ignore-scripts", "--prefix", prefix, `node@${NODE}`];
  execFileSync("npm", install, { stdio: ["ignore", "ignore", "inherit"] });
  const cwd = join(prefix, "node_modules", "node");
  execFileSync(process.execPath, ["installArchSpecificPackage"], { cwd, stdio: "ignore" });
  return join(cwd, "bin", "node");
}

/** A repository of its own, whose package.json says nothing to the Action. */
function makeWorkspace(workspace) {
  mkdirSync(join(workspace, "db", "migrations"), { recursive: true });
  const files = {
    "package.json": '{ "type": "commonjs", "version": "99.0.0" }\n',
    "db/migrations/1_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY);\n",
    "db/migrations/1_users.down.sql": "DROP TABLE users;\n",
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(workspace, path), text);
  execFileSync("git", ["init", "--quiet"], { cwd: workspace });
  return workspace;
}
