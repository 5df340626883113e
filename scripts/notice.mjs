// The licences of the packages whose code or files are in dist/.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Text of dist/NOTICE for bundled sources, given by their paths. Throws when a package has no licence. */
export function notice(sources) {
  const packages = new Set(
    sources.flatMap((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []),
  );
  const parts = [...packages].map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8"),
    );
    return { name, text: `${name} ${version} (${license})\n\n${licenceText(folder, license)}\n` };
  });
  const postgresql = readFileSync(join(import.meta.dirname, "postgresql-licence.txt"), "utf8");
  parts.push({ name: "postgresql", text: postgresql });
  parts.sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    "The files of this folder hold code of these packages.\n",
    ...parts.map(({ text }) => text),
  ].join(`\n${"-".repeat(80)}\n\n`);
}

function licenceText(folder, license) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.|$)/i.test(name));
  if (file !== undefined) return readFileSync(join(folder, file), "utf8").trim();
  if (license === undefined) throw new Error(`${folder} has no licence`);
  return `The package names its licence and does not hold its text: https://spdx.org/licenses/${license}.html`;
}
