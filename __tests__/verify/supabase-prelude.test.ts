import { afterAll, describe, expect, it, jest } from "@jest/globals";

import { SUPABASE_PRELUDE } from "../../src/verify/supabase-prelude.ts";
import { nativeTestEngine, server } from "../database/postgres-engines.ts";
import { verify } from "./scripts.ts";
import { SharedEngine } from "./shared-engine.ts";

// Databases start slowly on a busy machine.
jest.setTimeout(120_000);
const engine = new SharedEngine();
afterAll(() => engine[Symbol.asyncDispose]());

const prelude = SUPABASE_PRELUDE;

describe("what Supabase provides", () => {
  it.each([
    [
      "a reference to its users",
      "CREATE TABLE profiles (id uuid PRIMARY KEY REFERENCES auth.users ON DELETE CASCADE)",
      "DROP TABLE profiles",
    ],
    [
      "a policy for a role",
      "CREATE TABLE notes (owner uuid); ALTER TABLE notes ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON notes TO authenticated USING (auth.uid() = owner AND auth.role() <> 'anon' AND (auth.jwt() ->> 'aal') = 'aal2')",
      "DROP TABLE notes",
    ],
    [
      "a policy on stored files",
      "CREATE POLICY own ON storage.objects FOR SELECT TO anon USING (bucket_id = 'avatars' AND (storage.foldername(name))[1] = auth.uid()::text)",
      "DROP POLICY own ON storage.objects",
    ],
    [
      "a bucket",
      "INSERT INTO storage.buckets (id, name, public) VALUES ('avatars', 'avatars', true)",
      "DELETE FROM storage.buckets",
    ],
    [
      "a trigger on new users",
      "CREATE FUNCTION greet() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$ BEGIN RETURN new; END $$; CREATE TRIGGER greet AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION greet()",
      "DROP FUNCTION greet CASCADE",
    ],
    [
      "a table that is published",
      "CREATE TABLE rooms (id int PRIMARY KEY); ALTER PUBLICATION supabase_realtime ADD TABLE rooms",
      "DROP TABLE rooms",
    ],
    [
      "an extension that is there already, and its function without a schema",
      `CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA extensions; CREATE TABLE keys (id uuid DEFAULT uuid_generate_v4(), other uuid DEFAULT extensions.uuid_generate_v4())`,
      "DROP TABLE keys",
    ],
    [
      "a secret",
      "SELECT vault.create_secret('x', 'name'); CREATE VIEW names AS SELECT name FROM vault.decrypted_secrets",
      "DROP VIEW names; DELETE FROM vault.secrets",
    ],
  ])("is there for %s, again and again", async (_, up, down) => {
    const changed = [
      { up: "SELECT 1", down: "SELECT nothing" },
      { up, down },
    ];
    const { verifications, unverified } = await verify({ prelude, changed }, engine);
    expect(verifications[1]).toMatchObject({
      up: { outcome: "passed" },
      down: { verdict: "exact" },
      upAgain: { outcome: "passed" },
    });
    expect(unverified).toEqual([]);
  });

  it("is no change of the migration's, and is told", async () => {
    const changed = [{ up: "CREATE TABLE a ()", down: "DROP TABLE a" }];
    const base = ["GRANT USAGE ON SCHEMA public TO anon, service_role"];
    const { engine: description, verifications } = await verify({ prelude, base, changed }, engine);
    expect(verifications[0]?.up.difference.map(({ name }) => name)).toEqual(["a"]);
    const notes = description?.limits.filter((limit) => limit.startsWith("Made"));
    expect(notes).toEqual([expect.stringMatching(/^Made what Supabase provides: .*its roles\.$/)]);
    expect(description?.limits.join("\n")).not.toContain("No migration creates");
  });

  it("is there before the configuration's own SQL", async () => {
    const before = "INSERT INTO auth.users (id, email) VALUES (gen_random_uuid(), 'a@example.com')";
    const changed = [{ up: "CREATE TABLE a ()", down: "DROP TABLE a" }];
    const { verifications } = await verify({ prelude, before, changed }, engine);
    expect(verifications[0]?.down.verdict).toBe("exact");
  });

  it("is told when it cannot be made", async () => {
    const broken = { ...prelude, sql: "CREATE SCHEMA auth; SELECT nothing" };
    const changed = [{ up: "CREATE SCHEMA auth", down: "DROP SCHEMA auth" }];
    const { verifications, unverified } = await verify({ prelude: broken, changed }, engine);
    expect(verifications[0]?.down.verdict).toBe("exact");
    expect(unverified).toEqual([
      { path: "verify.before", reason: expect.stringContaining('column "nothing" does not exist') },
    ]);
  });
});

(server === undefined ? describe.skip : describe)("on a real server", () => {
  it("is made by a role that is no superuser", async () => {
    const changed = [
      {
        up: "CREATE TABLE profiles (id uuid REFERENCES auth.users DEFAULT auth.uid()); GRANT SELECT ON profiles TO anon",
        down: "DROP TABLE profiles",
      },
    ];
    const { verifications, unverified } = await verify({ prelude, changed }, nativeTestEngine());
    expect(verifications[0]).toMatchObject({
      up: { outcome: "passed" },
      down: { verdict: "exact" },
      upAgain: { outcome: "passed" },
    });
    expect(unverified).toEqual([]);
  });
});
