import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Arguments after `python manage.py` that run our runner with the project's settings and apps loaded. */
export function djangoRunner(): string[] {
  // The build puts the file beside the program.
  const text = readFileSync(join(import.meta.dirname, "django-runner.py"), "utf8");
  return ["shell", "--no-color", "-c", text];
}
