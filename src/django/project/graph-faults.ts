import type { ProjectFault } from "../../core/migration.ts";
import type { MigrationFile } from "./migration-files.ts";
import { type GraphFault, keyOf } from "./migration-graph.ts";

/** What is wrong with the graph, as faults of the files at which it is mended. */
export function graphFaults(faults: readonly GraphFault<MigrationFile>[]): ProjectFault[] {
  return faults
    .filter(({ node }) => !node.isContrib)
    .map((fault) => {
      const { node, span } = fault;
      return {
        ...WORDS[fault.kind](fault),
        path: node.path,
        ...(span === undefined ? {} : { span }),
      };
    });
}

type Told = Pick<ProjectFault, "kind" | "message">;

const WORDS: Readonly<
  Record<GraphFault<MigrationFile>["kind"], (fault: GraphFault<MigrationFile>) => Told>
> = {
  "conflicting-leaves": ({ node, others }) => ({
    kind: "conflicting-leaves",
    message: `\`migrate\` refuses to run: ${keyOf(node)} and ${others.join(", ")} are both the last migration of “${node.app}”. Make one depend on the other, or merge them: \`python manage.py makemigrations --merge\`.`,
  }),
  "broken-dependency": ({ node, others }) => ({
    kind: "broken-dependency",
    message: `Django cannot load any migration: ${keyOf(node)} depends on ${others.join(", ")}, which is not there. Restore that file, or name the migration that is there.`,
  }),
  "dependency-cycle": ({ others }) => ({
    kind: "broken-dependency",
    message: `Django cannot load any migration: ${[...others, others[0] ?? ""].join(" needs ")}. Break the circle: move what one of them needs into a migration of its own.`,
  }),
  "partial-squash": ({ node, others }) => ({
    kind: "partial-squash",
    message: `${keyOf(node)} replaces ${others.join(", ")}, which ${others.length === 1 ? "is" : "are"} not there, and others that are: a database that ran those does not take it for done, and runs it again. Restore the missing files, or remove all that it replaces together.`,
  }),
};
