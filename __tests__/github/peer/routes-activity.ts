import { simpleUser } from "./account.ts";
import { inRepository, paged, type Routes } from "./exchange.ts";

/** Pushes, newest first, as GitHub saw them. */
export const activityRoutes: Routes = {
  "GET /repos/{owner}/{repo}/activity": inRepository("contents:read", (repository, exchange) => {
    const wanted = exchange.query.get("ref");
    return paged(
      exchange,
      repository.activity
        .filter(({ ref }) => wanted === null || ref === wanted)
        .map(({ type, actor, ...rest }, index) => ({
          ...rest,
          id: index + 1,
          node_id: `PSH_${index + 1}`,
          activity_type: type,
          actor: simpleUser(actor),
        }))
        .toReversed(),
    );
  }),
};
