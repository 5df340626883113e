import type { Project } from "../core/migration.ts";
import { ProjectDraft, wholeScript } from "./draft.ts";
import { isProgram } from "./folder.ts";
import type { FolderSource } from "./source.ts";
import { compareText } from "./version.ts";

const NAME = /^(\d+)_.*\.sql$/;
/** The first file of a folder that an old version of the CLI made; passed over since. */
const OLD_INIT = /^(\d{14})_init\.sql$/;

/**
 * Supabase. Files are run in the order of their names as text, forward only. The CLI sends the
 * statements of a file in one pipeline, which PostgreSQL runs as one implicit transaction, the same
 * as one query string of them all
 * (https://supabase.com/docs/guides/deployment/database-migrations,
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING).
 */
export const supabase: FolderSource = {
  framework: "supabase",
  takes: "folder",
  detect(folder) {
    return (
      folder.name === "migrations" &&
      folder.parent?.name === "supabase" &&
      folder.files.some((file) => NAME.test(file))
    );
  },
  read(folder): Project {
    const draft = new ProjectDraft("supabase", folder);
    folder.files.toSorted(compareText).forEach((file, index) => {
      const path = folder.pathOf(file);
      const version = NAME.exec(file)?.[1];
      const init = OLD_INIT.exec(file)?.[1];
      if (version === undefined) {
        if (!file.endsWith(".sql") && !isProgram(file)) return;
        draft.passOver(
          path,
          "the Supabase CLI passes it over: its name is not <timestamp>_name.sql",
        );
      } else if (index === 0 && init !== undefined && init < "20211209000000") {
        draft.passOver(path, "the Supabase CLI passes it over: an init file of before 2021-12-09");
      } else {
        const text = draft.text(folder, file);
        if (text === undefined) return;
        draft.add({
          id: file.slice(0, -".sql".length),
          version,
          up: wholeScript(path, text, { transaction: false, sends: "script" }),
          down: "forward-only",
        });
      }
    });
    draft.refuseDuplicates((version) => version, "the second cannot be recorded, and fails");
    return draft.finish();
  },
};
