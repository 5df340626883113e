import type { ProbotOctokit } from "probot";
import { HANDLED_EVENTS } from "./event-jobs.ts";

/** A delivery that fails this often is not asked for again: it is not our absence that fails it. */
const MOST_ATTEMPTS = 5;
/** Pages of the list that are read at most; a hundred deliveries each. */
const MOST_PAGES = 50;

interface Failed {
  readonly id: number;
  attempts: number;
}

/**
 * Asks GitHub to send again what it could not deliver since a time: GitHub does not do so by itself.
 * Gives how many. https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries
 */
export async function redeliverFailed(octokit: ProbotOctokit, since: Date): Promise<number> {
  const failed = await failedSince(octokit, since);
  for (const { id } of failed) {
    await octokit.request("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: id });
  }
  return failed.length;
}

async function failedSince(octokit: ProbotOctokit, since: Date): Promise<readonly Failed[]> {
  const arrived = new Set<string>();
  const failed = new Map<string, Failed>();
  let pages = 0;
  const list = octokit.paginate.iterator("GET /app/hook/deliveries", { per_page: 100 });
  // The newest comes first, and with it a delivery's last attempt.
  for await (const { data } of list) {
    for (const { id, guid, event, status_code: status, delivered_at: at } of data) {
      if (new Date(at) < since) return worthwhile(failed, arrived);
      if (!(HANDLED_EVENTS as readonly string[]).includes(event)) continue;
      if (status >= 200 && status < 300) arrived.add(guid);
      const known = failed.get(guid);
      if (known === undefined) failed.set(guid, { id, attempts: 1 });
      else known.attempts += 1;
    }
    pages += 1;
    if (pages === MOST_PAGES) break;
  }
  return worthwhile(failed, arrived);
}

/** In the order in which they happened. */
function worthwhile(
  failed: ReadonlyMap<string, Failed>,
  arrived: ReadonlySet<string>,
): readonly Failed[] {
  return [...failed]
    .filter(([guid, { attempts }]) => !arrived.has(guid) && attempts < MOST_ATTEMPTS)
    .map(([, one]) => one)
    .toReversed();
}
