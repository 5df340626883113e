import { schema as github } from "@octokit/graphql-schema";
import {
  buildSchema,
  execute,
  type GraphQLSchema,
  OverlappingFieldsCanBeMergedRule,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import type { Account } from "./account.ts";
import type { GitHubState } from "./state.ts";

let schema: GraphQLSchema | undefined;

/** One rule compares every two fields, which takes seconds for a few hundred. */
const RULES = specifiedRules.filter((rule) => rule !== OverlappingFieldsCanBeMergedRule);

/** More bytes of a blob are not given as text. */
const LONGEST_TEXT = 512_000;

/** Answers a GraphQL query against GitHub's public schema. Only the objects of a repository are there. */
export function answerGraphql(
  state: GitHubState,
  query: string,
  variables: Record<string, unknown>,
  viewer?: Account,
): { readonly data?: unknown; readonly errors?: readonly unknown[] } {
  // Reading the schema takes half a second.
  schema ??= buildSchema(github.idl, { assumeValid: true });
  const document = parse(query);
  const errors = validate(schema, document, RULES);
  if (errors.length > 0) return { errors };
  const result = execute({
    schema,
    document,
    variableValues: variables,
    rootValue: {
      viewer: () => (viewer === undefined ? null : { login: viewer.login }),
      node: ({ id }: { id: string }) => commentNode(state, id),
      repository: ({ owner, name }: { owner: string; name: string }) => {
        const repository = state.repository(`${owner}/${name}`);
        if (repository === undefined) return null;
        // All at once: git is started for each look otherwise.
        repository.store.blobs(
          [...query.matchAll(/oid: "([0-9a-f]{40})"/g)].map(([, sha]) => sha ?? ""),
        );
        return {
          object: ({ oid }: { oid?: string }) => blobOf(oid ?? ""),
        };
        function blobOf(sha: string): object | null {
          const blob = repository?.store.blob(sha);
          if (blob === undefined) return null;
          const isBinary = blob.includes(0);
          return {
            __typename: "Blob",
            oid: sha,
            byteSize: blob.length,
            isBinary,
            isTruncated: blob.length > LONGEST_TEXT,
            text: isBinary ? null : blob.subarray(0, LONGEST_TEXT).toString("utf8"),
          };
        }
      },
    },
  });
  return JSON.parse(JSON.stringify(result)) as ReturnType<typeof answerGraphql>;
}

/** A comment with who edited it last. GraphQL's bots have no `[bot]` in their names. */
function commentNode(state: GitHubState, id: string): object | null {
  const comment = [...state.repositories.values()]
    .flatMap(({ comments }) => comments)
    .find((one) => `IC_${one.id}` === id);
  if (comment === undefined) return null;
  const { editor } = comment;
  return {
    __typename: "IssueComment",
    editor:
      editor === undefined
        ? null
        : { __typename: editor.type, login: editor.login.replace(/\[bot\]$/, "") },
  };
}
