import type { Octokit } from "@octokit/core";
import { createHash } from "node:crypto";
import { decodeText } from "../../sources/decode-text.ts";
import type { FileText } from "../../sources/files.ts";
import type { RepoRef } from "../job.ts";

/** A blob that is to be read. */
export interface WantedBlob {
  readonly sha: string;
  /** In bytes. */
  readonly size: number;
}

/** Blobs and bytes that one GraphQL request asks for. */
const MOST_BLOBS = 150;
const MOST_BYTES = 2_000_000;

/** GraphQL cuts longer texts. */
const LONGEST_IN_QUERY = 400_000;

/** Requests at the same time: GitHub asks not to send many at once. */
const AT_ONCE = 4;

/**
 * Reads the texts of blobs, many in one GraphQL request. A text is taken only when it hashes to the
 * blob's name: GitHub replaces what is not UTF-8, cuts what is long and says nothing of binary
 * content. What does not hash right is read through the REST API, byte by byte.
 */
export async function readBlobs(
  octokit: Octokit,
  repo: RepoRef,
  blobs: readonly WantedBlob[],
): Promise<ReadonlyMap<string, FileText>> {
  const texts = new Map<string, FileText>();
  const short = blobs.filter(({ size }) => size <= LONGEST_IN_QUERY);
  await each(batches(short), async (batch) => {
    for (const [sha, text] of await queryTexts(octokit, repo, batch)) texts.set(sha, text);
  });
  const left = blobs.filter(({ sha }) => !texts.has(sha));
  await each(left, async ({ sha }) => {
    texts.set(sha, await readBlob(octokit, repo, sha));
  });
  return texts;
}

function batches(blobs: readonly WantedBlob[]): WantedBlob[][] {
  const all: WantedBlob[][] = [];
  let bytes = Infinity;
  for (const blob of blobs) {
    const last = all.at(-1);
    bytes += blob.size;
    if (last === undefined || last.length === MOST_BLOBS || bytes > MOST_BYTES) {
      all.push([blob]);
      bytes = blob.size;
    } else last.push(blob);
  }
  return all;
}

/** Runs a few at a time. */
async function each<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const worker = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
}

interface Answered {
  readonly repository: Readonly<Record<string, { readonly text?: string | null } | null>> | null;
}

async function queryTexts(
  octokit: Octokit,
  repo: RepoRef,
  blobs: readonly WantedBlob[],
): Promise<ReadonlyMap<string, FileText>> {
  const texts = new Map<string, FileText>();
  // Hashes are checked, so that nothing else can get into the query.
  const objects = blobs.map(({ sha }, index) =>
    /^[0-9a-f]{40,64}$/.test(sha)
      ? `b${index}: object(oid: "${sha}") { ... on Blob { text } }`
      : "",
  );
  const { repository } = await octokit.graphql<Answered>(
    `query ($owner: String!, $repo: String!) {
      repository(owner: $owner, name: $repo) { ${objects.join("\n")} }
    }`,
    { owner: repo.owner, repo: repo.name },
  );
  for (const [index, { sha }] of blobs.entries()) {
    const text = repository?.[`b${index}`]?.text;
    if (typeof text !== "string") continue;
    const bytes = Buffer.from(text);
    if (hashOf(bytes, sha.length) === sha) texts.set(sha, decodeText(bytes));
  }
  return texts;
}

/** Git's name of a blob, in the hash function of the repository. */
function hashOf(bytes: Buffer, length: number): string {
  const hash = createHash(length === 40 ? "sha1" : "sha256");
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

async function readBlob(octokit: Octokit, repo: RepoRef, sha: string): Promise<FileText> {
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", {
    owner: repo.owner,
    repo: repo.name,
    file_sha: sha,
  });
  return decodeText(Buffer.from(data.content, "base64"));
}
