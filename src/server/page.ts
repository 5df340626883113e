import { VERSION } from "../core/version.ts";
import type { AppInfo, Complaints } from "./app-state.ts";

/** The page at `/`: what this is, whether it works, and how it is installed. */
export function frontPage(app: AppInfo | undefined, complaints: Complaints): string {
  const name = app?.name ?? "migrate-verify";
  const healthy = complaints.length === 0;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(name)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; color: #1f2328; background: #fff }
h1 { margin-bottom: 0 }
.state { display: inline-block; padding: .1rem .6rem; border-radius: 1rem; background: ${healthy ? "#1a7f37" : "#cf222e"}; color: #fff }
a { color: #0969da } code { background: #f6f8fa; padding: .1rem .3rem }
</style>
</head>
<body>
<h1>${text(name)}</h1>
<p>Checks a pull request's database migrations before they merge: reads them with PostgreSQL's own
grammar, runs each one up, down and up again on a throwaway database, and posts a checklist.</p>
<h2>Is it healthy?</h2>
<p><span class="state">${healthy ? "Yes" : "No"}</span> version ${text(VERSION)}</p>
${list(complaints)}${lacks(app)}<h2>How do I install it?</h2>
${installation(app)}
<p>Then open a pull request that changes a migration. Comment <code>/migrate-help</code> on it to see
what it answers. To let nothing merge unchecked, make the check <code>migrate-verify</code> required.</p>
</body>
</html>
`;
}

function installation(app: AppInfo | undefined): string {
  if (app === undefined) return "<p>GitHub has not said yet which App this is.</p>";
  const url = `${app.url}/installations/new`;
  return `<p><a href="${text(url)}">Install ${text(app.name)}</a> and choose the repositories.</p>`;
}

function lacks(app: AppInfo | undefined): string {
  if (app === undefined || app.missing.length === 0) return "";
  return `<p>The App lacks what it needs; add it in its settings on GitHub:</p>\n${list(app.missing)}`;
}

function list(items: readonly string[]): string {
  if (items.length === 0) return "";
  return `<ul>\n${items.map((item) => `<li>${text(item)}</li>\n`).join("")}</ul>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function text(value: string): string {
  return value.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
