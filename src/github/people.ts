import type { Octokit } from "@octokit/core";
import { ACCESS, type Access, type GateRule } from "../core/checklist.ts";
import { isAccess, type Person } from "../core/confirm.ts";
import type { RepoRef } from "./job.ts";
import { statusOf } from "./request-error.ts";

/** What somebody may do in a repository. Asked from GitHub each time: `author_association` says another thing. */
export async function accessOf(octokit: Octokit, repo: RepoRef, login: string): Promise<Access> {
  try {
    const { data } = await octokit.request(
      "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
      { owner: repo.owner, repo: repo.name, username: login },
    );
    // `permission` knows no triage and no maintain, and `role_name` may be a role of the organization's own.
    const [role, permission] = [data.role_name, data.permission].map((word): Access =>
      isAccess(word) ? word : "none",
    );
    return strongest(role ?? "none", permission ?? "none");
  } catch (error) {
    if (statusOf(error) === 404) return "none";
    throw error;
  }
}

function strongest(a: Access, b: Access): Access {
  return ACCESS.indexOf(a) >= ACCESS.indexOf(b) ? a : b;
}

/** Somebody as a rule has to know them; teams are asked for only where the rule names some. */
export async function personOf(
  octokit: Octokit,
  repo: RepoRef,
  who: { readonly login: string; readonly author: string },
  rules: readonly GateRule[],
): Promise<Person> {
  const named = new Set(rules.flatMap((rule) => rule.who.filter((one) => one.includes("/"))));
  const teams: string[] = [];
  for (const team of named) {
    if (await isMember(octokit, team, who.login)) teams.push(team);
  }
  return {
    login: who.login,
    access: await accessOf(octokit, repo, who.login),
    teams,
    isAuthor: who.login === who.author,
  };
}

/** Needs the App's permission to read members; who cannot be looked up is none. */
async function isMember(octokit: Octokit, team: string, login: string): Promise<boolean> {
  const [org = "", slug = ""] = team.slice(1).split("/");
  try {
    const { data } = await octokit.request(
      "GET /orgs/{org}/teams/{team_slug}/memberships/{username}",
      { org, team_slug: slug, username: login },
    );
    return data.state === "active";
  } catch (error) {
    if (isRefused(error)) return false;
    throw error;
  }
}

/**
 * Whether nobody but the author could give a word. Where GitHub does not say who there is, somebody
 * else is taken to be: a word too many is asked for rather than one too few.
 */
export async function nobodyElse(
  octokit: Octokit,
  repo: RepoRef,
  rule: GateRule,
  author: string,
): Promise<boolean> {
  for (const one of rule.who) {
    const others = one.startsWith("@")
      ? await namedOthers(octokit, one.slice(1), author)
      : await collaborators(octokit, repo, one, author);
    if (others) return false;
  }
  return true;
}

async function namedOthers(octokit: Octokit, name: string, author: string): Promise<boolean> {
  const [org = "", slug] = name.split("/");
  if (slug === undefined) return name.toLowerCase() !== author.toLowerCase();
  return someoneIn(author, async () => {
    const { data } = await octokit.request("GET /orgs/{org}/teams/{team_slug}/members", {
      org,
      team_slug: slug,
      per_page: 100,
    });
    return data;
  });
}

/** How the list of collaborators calls the access that it is asked for. */
const LISTED = { write: "push", maintain: "maintain", admin: "admin" } as const;

async function collaborators(
  octokit: Octokit,
  repo: RepoRef,
  access: string,
  author: string,
): Promise<boolean> {
  const permission = Object.entries(LISTED).find(([word]) => word === access)?.[1] ?? "admin";
  return someoneIn(author, async () => {
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/collaborators", {
      owner: repo.owner,
      repo: repo.name,
      permission,
      per_page: 100,
    });
    return data;
  });
}

/** One page is enough: of a hundred, one is a person and not the author. */
async function someoneIn(
  author: string,
  list: () => Promise<readonly { readonly login: string; readonly type: string }[]>,
): Promise<boolean> {
  try {
    return (await list()).some(
      ({ login, type }) => type === "User" && login.toLowerCase() !== author.toLowerCase(),
    );
  } catch (error) {
    if (isRefused(error)) return true;
    throw error;
  }
}

function isRefused(error: unknown): boolean {
  const status = statusOf(error);
  return status === 403 || status === 404;
}
