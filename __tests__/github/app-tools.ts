import { Octokit } from "@octokit/core";
import { rules } from "../../rules/index.ts";
import { ContentCache } from "../../src/github/contents/content-cache.ts";
import type { PullTools } from "../../src/github/review-pull.ts";
import { loadParser } from "../../src/parser/parse-script.ts";
import { testEngine } from "../engine.ts";
import type { GitHubPeer } from "./peer/github-peer.ts";
import type { Repository } from "./peer/repository.ts";

/** What the App works with, on the peer: the real rules, parser and throwaway database. */
export function appTools(changes: Partial<PullTools> = {}): PullTools {
  const engine = testEngine();
  return {
    rules,
    loadParser,
    startEngine: async () => ({
      open: () => engine.open(),
      [Symbol.asyncDispose]: async () => {},
    }),
    cache: new ContentCache(),
    self: "migrate-verify[bot]",
    key: "a key of the tests",
    now: () => new Date("2026-01-05T10:00:00Z"),
    ...changes,
  };
}

/** The App's client for a repository. */
export function appOctokit(peer: GitHubPeer, repository: Repository): Octokit {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  return new Octokit({ auth: peer.appToken(repository), baseUrl: peer.url, log });
}
