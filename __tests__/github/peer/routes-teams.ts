import { simpleUser } from "./account.ts";
import { type Exchange, refused, type Routes } from "./exchange.ts";

/** Teams of organizations, which an app reads only with that permission. */
export const teamRoutes: Routes = {
  "GET /orgs/{org}/teams/{team_slug}/memberships/{username}": {
    answer: (exchange) => {
      if (!mayRead(exchange)) return refused("Resource not accessible by integration");
      const { org, team_slug: slug, username } = exchange.params;
      const isIn = exchange.state.teams.get(`${org}/${slug}`)?.includes(username ?? "") === true;
      if (!isIn) return { status: 404 };
      const url = `https://api.github.com/organizations/1/team/1/memberships/${username}`;
      return { status: 200, body: { url, role: "member", state: "active" } };
    },
  },

  "GET /orgs/{org}/teams/{team_slug}/members": {
    answer: (exchange) => {
      if (!mayRead(exchange)) return refused("Resource not accessible by integration");
      const { org, team_slug: slug } = exchange.params;
      const team = exchange.state.teams.get(`${org}/${slug}`);
      if (team === undefined) return { status: 404 };
      return {
        status: 200,
        body: team.map((login) => simpleUser(exchange.state.account(login))),
      };
    },
  },
};

function mayRead({ actor }: Exchange): boolean {
  return actor.kind === "user" || (actor.kind === "installation" && "members" in actor.permissions);
}
