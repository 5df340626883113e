import { describe, expect, it } from "@jest/globals";
import { detectProjects } from "../../src/sources/detect.ts";
import { fixture, onlyProject, tableOf } from "./repository.ts";

/** What is read of each fixture: its folder, migrations in their order, files named, faults. */
const READINGS = [
  {
    framework: "golang-migrate",
    root: "db/migrations",
    migrations: [
      "1_crates | 1 | no tx, script | 1_crates.down.sql (no tx, script)",
      "2_shelves | 2 | no tx, script | 2_shelves_gone.down.sql (no tx, script)",
      "10_weight | 10 | no tx, script | missing",
    ],
    ignored: ["db/migrations/3_stray.down.sql", "db/migrations/notes.sql"],
    gaps: [],
  },
  {
    framework: "dbmate",
    root: "db/migrations",
    migrations: [
      "20250103100000_rooms | 20250103100000 | tx, script | same file (tx, script)",
      "20250104100000_rooms_index | 20250104100000 | no tx, script | same file (tx, script)",
      "9_late | 9 | tx, script | same file (tx, script)",
    ],
    ignored: [
      "db/migrations/20250105100000_two_blocks.sql",
      "db/migrations/20250106100000_bare.sql",
    ],
    gaps: ["db/migrations/20250105100000_two_blocks.sql", "db/migrations/20250106100000_bare.sql"],
  },
  {
    framework: "goose",
    root: "migrations",
    migrations: [
      "00001_trains | 00001 | tx, statements | same file (tx, statements)",
      "00002_touch | 00002 | tx, statements | same file (tx, statements)",
      "00010_index | 00010 | no tx, statements | missing",
    ],
    ignored: [
      "migrations/00003_backfill.go",
      "migrations/00004_no_semicolon.sql",
      "migrations/00005_environment.sql",
      "migrations/helper.sql",
    ],
    gaps: [
      "migrations/00003_backfill.go",
      "migrations/00004_no_semicolon.sql",
      "migrations/00005_environment.sql",
    ],
  },
  {
    framework: "diesel",
    root: "migrations",
    migrations: [
      "00000000000000_diesel_initial_setup | 00000000000000 | tx, script | down.sql (tx, script)",
      "2025-02-01-090000_beds | 20250201090000 | tx, script | down.sql (tx, script)",
      "2025-02-02-090000_beds_index | 20250202090000 | no tx, script | missing",
      "2025-02-03-090000_empty_metadata | 20250203090000 | no tx, script | missing",
      "2025-02-05-090000_words_down | 20250205090000 | tx, script | down.sql (tx, script)",
    ],
    ignored: ["migrations/2025-02-04-090000_words/up.sql", "migrations/import.sql"],
    gaps: ["migrations/2025-02-04-090000_words/up.sql"],
  },
  {
    framework: "sqlx",
    root: "migrations",
    migrations: [
      "1_boats | 1 | tx, script | 1_boats.down.sql (tx, script)",
      "9_names | 9 | tx, script | missing",
      "20250301000000_boats_index | 20250301000000 | no tx, script | 20250301000000_boats_index.down.sql (tx, script)",
    ],
    ignored: ["migrations/seed_data.sql"],
    gaps: [],
  },
  {
    framework: "flyway",
    root: "src/main/resources/db/migration",
    migrations: [
      "V1__hives | 1 | tx, statements | missing",
      "V1_1__honey | 1.1 | tx, statements | missing",
      "V2.0__frames | 2.0 | tx, statements | missing",
      "V10__frames_index | 10 | no tx, statements | U10__frames_index.sql (tx, statements)",
      "V11__maintenance | 11 | no tx, statements | missing",
      "V12__mixed | 12 | tx, statements | missing",
      "R__a_view | - | tx, statements | repeatable",
      "R__b_view | - | tx, statements | repeatable",
    ],
    ignored: [
      "src/main/resources/db/migration/B2__baseline.sql",
      "src/main/resources/db/migration/V3__backfill.java",
      "src/main/resources/db/migration/afterMigrate.sql",
      "src/main/resources/db/migration/mysql/V1__hives.sql",
    ],
    gaps: ["src/main/resources/db/migration/V3__backfill.java"],
  },
  {
    framework: "node-pg-migrate",
    root: "migrations",
    migrations: [
      "1735689600000_lamps | 1735689600000 | tx, script | same file (tx, script)",
      "1735700000000_no_mark | 1735700000000 | tx, script | missing",
      "20250102000000000_watts | 20250102000000000 | tx, script | missing",
    ],
    ignored: ["migrations/1735750000000_script.js"],
    gaps: ["migrations/1735750000000_script.js"],
  },
  {
    framework: "supabase",
    root: "supabase/migrations",
    migrations: [
      "20250401000000_notes | 20250401000000 | no tx, script | forward-only",
      "20250402000000_note_text | 20250402000000 | no tx, script | forward-only",
    ],
    ignored: ["supabase/migrations/20211001000000_init.sql", "supabase/migrations/draft.sql"],
    gaps: [],
  },
  {
    framework: "drizzle",
    root: "drizzle",
    migrations: [
      "0000_loud_hive | 1740000000000 | tx, statements | forward-only",
      "0002_calm_bee | 1740200000000 | tx, statements | forward-only",
      "0001_late_bee | 1740250000000 | tx, statements | forward-only",
    ],
    ignored: ["drizzle/0004_unnamed.sql", "drizzle/meta/_journal.json"],
    gaps: ["drizzle/meta/_journal.json"],
  },
  {
    framework: "prisma",
    root: "prisma/migrations",
    migrations: [
      "20250501000000_init | 20250501000000 | no tx, statements | forward-only",
      "20250502000000_title | 20250502000000 | no tx, statements | down.sql (no tx, script)",
      "20250503000000_drop_index | 20250503000000 | no tx, script | forward-only",
    ],
    ignored: [
      "prisma/migrations/20250504000000_backfill/migration.mts",
      "prisma/migrations/20250505000000_empty/README.sql",
    ],
    gaps: [
      "prisma/migrations/20250504000000_backfill/migration.mts",
      "prisma/migrations/20250505000000_empty/README.sql",
    ],
  },
] as const;

describe("the fixture of each framework", () => {
  it.each(READINGS)("$framework", ({ framework, root, migrations, ignored, gaps }) => {
    const project = onlyProject(fixture(framework));
    expect(project.framework).toBe(framework);
    expect(project.root).toBe(root);
    expect(tableOf(project)).toEqual(migrations);
    expect(project.ignored.map(({ path }) => path).toSorted()).toEqual(ignored);
    expect(
      project.ignored
        .filter(({ gap }) => gap)
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual(gaps);
    expect(project.ignored.every(({ reason }) => reason.length > 10)).toBe(true);
    expect(project.faults).toEqual([]);
  });

  it.each(READINGS)("$framework: nothing else of it is taken for a migration", ({ framework }) => {
    expect(detectProjects(fixture(framework), []).unclaimed).toEqual([]);
  });

  it("sql: pairs by name, orders by number or date, leaves reports alone", () => {
    const { projects, unclaimed } = detectProjects(fixture("sql"), []);
    expect(unclaimed).toEqual([]);
    expect(projects.map(({ root }) => root)).toEqual(["database", "folders/migrations"]);
    expect(projects.flatMap(tableOf)).toEqual([
      "001_kites | 001 | no tx, script | 001_kites.rollback.sql (no tx, script)",
      "002-tails | 002 | no tx, script | 002-tails_down.sql (no tx, script)",
      "10_strings | 10 | no tx, script | missing",
      "2025-01-15_first | 2025.01.15 | no tx, script | 2025-01-15_first.sql (no tx, script)",
      "2025-01-15_second | 2025.01.15 | no tx, script | missing",
    ]);
    expect(projects.flatMap(({ ignored, faults }) => [...ignored, ...faults])).toEqual([]);
  });
});

it("node-pg-migrate: tells that the transaction around all that wait is not", () => {
  const { notes } = onlyProject(fixture("node-pg-migrate"));
  expect(notes).toEqual([expect.stringMatching(/runs all that wait in one.*enum value/)]);
});
