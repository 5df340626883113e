import { describe, expect, it, jest } from "@jest/globals";
import { Octokit } from "@octokit/core";
import { rerunJob } from "../../src/github/rerun-job.ts";
import { HAS_GIT } from "../git/temporary-folder.ts";
import { GitHubPeer } from "./peer/github-peer.ts";

// The first use of GitHub's description compiles its schemas.
jest.setTimeout(60_000);

const describeWithGit = HAS_GIT ? describe : describe.skip;

describeWithGit("the job that is the check", () => {
  it.each(["success", "failure"] as const)(
    "is run again when words make it a %s",
    async (conclusion) => {
      await using peer = await GitHubPeer.start();
      const repository = peer.repository("acme/shop");
      const pull = peer.person("alice").openPull(repository, { "a.sql": "" });
      const run = peer.person("alice").workflowRan(repository, pull);
      const octokit = new Octokit({
        auth: peer.actionsToken({ actions: "write" }),
        baseUrl: peer.url,
      });
      const settlement = {
        repo: { owner: "acme", name: "shop" },
        pull: 1,
        head: pull.head.sha,
        outcome: { conclusion, title: "" },
      };
      expect(await rerunJob(octokit, { ...settlement, run: run.id })).toBe(true);
      expect(run.reruns).toBe(1);
      expect(await rerunJob(octokit, settlement)).toBe(false);
      expect(await rerunJob(octokit, { ...settlement, run: 1 })).toBe(false);
      peer.fault({ method: "POST", path: /rerun/, status: 403 });
      expect(await rerunJob(octokit, { ...settlement, run: run.id })).toBe(false);
      expect(run.reruns).toBe(1);
    },
  );
});
