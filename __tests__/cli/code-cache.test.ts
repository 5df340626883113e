import { existsSync } from "node:fs";
import nodeModule from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { migrateVerifyWith, TemporaryFolder } from "./program.ts";

const CAN_KEEP = typeof nodeModule.enableCompileCache === "function";

describe("the compiled code of the program", () => {
  it("is kept in the user's own cache folder, where Node can keep it", () => {
    using folder = new TemporaryFolder();
    const { status } = migrateVerifyWith({ XDG_CACHE_HOME: folder.path }, folder.path, "rules");
    expect(status).toBe(0);
    expect(existsSync(join(folder.path, "migrate-verify"))).toBe(CAN_KEEP);
  });

  it("is compiled anew where nothing can be kept", () => {
    using folder = new TemporaryFolder({ file: "" });
    const caches = join(folder.path, "file", "below");
    const { status, stderr } = migrateVerifyWith({ XDG_CACHE_HOME: caches }, folder.path, "rules");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});
