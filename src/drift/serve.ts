import { parentPort } from "node:worker_threads";
import type { DriftOrder, FromWorker, QueryResult, ToWorker } from "./messages.ts";
import { closeGap } from "./schema-engine.ts";

/** Compares once, in a worker: its queries are answered by the thread that started it. */
export async function serveDrift(order: DriftOrder): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error("this runs in a worker");
  let refused: string | undefined;
  const tell = (message: FromWorker): void => port.postMessage(message);
  const ask = async (sql: string, args: readonly unknown[]): Promise<QueryResult> => {
    const answered = new Promise<ToWorker>((resolve) => port.once("message", resolve));
    tell({ kind: "query", sql, args });
    const answer = await answered;
    if ("error" in answer) {
      refused = answer.error;
      throw new Error(answer.error);
    }
    return answer.result;
  };
  try {
    tell({ kind: "done", sql: await closeGap(order, ask) });
  } catch (error) {
    // Of a query that failed the engine tells no more than that.
    const reason = refused ?? (error instanceof Error ? error.message : String(error));
    tell({ kind: "failed", reason });
  }
  port.close();
}
