import type { ObjectName } from "../core/name.ts";
import type { Span } from "../core/span.ts";
import type {
  Compilation,
  DeclaredTable,
  DownAbsence,
  Execution,
  Migration,
  MigrationScript,
  ProjectFault,
} from "../core/migration.ts";
import { type CompiledPiece, compiledScript } from "./compiled-script.ts";
import type { CompiledMigration } from "./compiler/compile-migration.ts";
import type { CompiledStatement, CompilerNote } from "./schema/schema-editor.ts";
import type { MigrationFile } from "./project/migration-files.ts";
import { Apps } from "./state/apps.ts";
import { keyOf } from "./project/migration-graph.ts";
import { declaredTables } from "./state/declared-tables.ts";
import { codeSteps, type CodeStep } from "./run-python/code-step.ts";

/** What the other migrations of a project tell of one. */
interface MigrationNeighbours {
  /** Paths of those that it stands for. */
  readonly replaces: readonly string[];
  /** What is wrong with what it says of them. */
  readonly dependencies: () => ProjectFault[];
}

/** A migration of a Django project. Its scripts are put together when they are asked for. */
export class DjangoMigration implements Migration {
  readonly id: string;
  readonly version: string;
  readonly replaces?: readonly string[];
  readonly isOneFile = true;
  readonly #file: MigrationFile;
  readonly #compile: () => CompiledMigration;
  readonly #dependencies: () => ProjectFault[];
  #up: MigrationScript | undefined;
  #down: MigrationScript | DownAbsence | undefined;

  constructor(
    file: MigrationFile,
    compile: () => CompiledMigration,
    { replaces, dependencies }: MigrationNeighbours,
  ) {
    this.id = keyOf(file);
    this.version = this.id;
    this.#file = file;
    this.#compile = compile;
    this.#dependencies = dependencies;
    if (replaces.length > 0) this.replaces = replaces;
  }

  get faults(): readonly ProjectFault[] {
    return [...refusals(this.#file, this.#compiled), ...this.#dependencies()];
  }

  get declares(): readonly DeclaredTable[] {
    return declaredTables(
      this.#file.app,
      this.#file.syntax.operations,
      this.#compiled.state.project,
    );
  }

  /** Its path is known before anything of it is compiled. */
  get up(): MigrationScript {
    this.#up ??= new LaterScript(this.#file.path, () => this.#makeUp());
    return this.#up;
  }

  get down(): MigrationScript | DownAbsence {
    this.#down ??= this.#makeDown();
    return this.#down;
  }

  get #compiled(): CompiledMigration {
    return this.#compile();
  }

  readonly #tableOf = (model: string): ObjectName | undefined => {
    const { project } = this.#compiled.state;
    const [app = "", name = ""] = model.split(".");
    const state = project.find(app, name);
    return state && { name: new Apps(project).render(state).table };
  };

  #makeUp(): MigrationScript {
    const { up, notes } = this.#compiled;
    const steps = codeSteps(this.#file, "up", this.#tableOf);
    const unknowns = notes.filter(isUnknown);
    const script = (statements: readonly CompiledStatement[]): MigrationScript =>
      compiledScript(this.#file, { pieces: forwards(statements, steps), unknowns });
    const upAgain = (): MigrationScript | undefined =>
      this.#compiled.upAgain && script(this.#compiled.upAgain);
    return {
      ...script(up),
      // It follows from the way down, which is compiled when something asks for it.
      get again() {
        return upAgain();
      },
    };
  }

  #makeDown(): MigrationScript | DownAbsence {
    const { down, downNotes } = this.#compiled;
    if ("irreversible" in down) return "missing";
    const pieces = backwards(down, codeSteps(this.#file, "down", this.#tableOf));
    return compiledScript(this.#file, { pieces, unknowns: downNotes.filter(isUnknown) });
  }
}

/** A script of this path whose other properties are made when the first of them is asked for. */
class LaterScript implements MigrationScript {
  readonly path: string;
  readonly #make: () => MigrationScript;
  #made: MigrationScript | undefined;

  constructor(path: string, make: () => MigrationScript) {
    this.path = path;
    this.#make = make;
  }

  get #script(): MigrationScript {
    return (this.#made ??= this.#make());
  }

  get text(): string {
    return this.#script.text;
  }

  get span(): Span {
    return this.#script.span;
  }

  get execution(): Execution {
    return this.#script.execution;
  }

  get statementSpans(): readonly Span[] {
    return this.#script.statementSpans ?? [];
  }

  get compiled(): Compilation {
    return this.#script.compiled as Compilation;
  }

  get again(): MigrationScript | undefined {
    return this.#script.again;
  }
}

/** A value that is not known takes the place of another of its type: the schema is the same. */
function isUnknown({ kind }: CompilerNote): boolean {
  return kind !== "fails" && kind !== "unknown-default";
}

/** What Django itself would refuse of a migration, and what only the project's code knows of it. */
function refusals(
  { path }: MigrationFile,
  { notes, downNotes, down }: CompiledMigration,
): ProjectFault[] {
  const fault = (kind: ProjectFault["kind"], { span, reason }: CompilerNote): ProjectFault => ({
    kind,
    path,
    span,
    message: reason,
  });
  const up = notes.filter(({ kind }) => kind === "fails");
  const blocked: ProjectFault[] =
    "irreversible" in down
      ? [{ kind: "irreversible-operation", path, span: down.span, message: down.irreversible }]
      : [];
  const defaults = notes.filter(({ kind }) => kind === "unknown-default");
  return [
    ...blocked,
    ...defaults.map((note) => fault("unknown-default", note)),
    ...up.map((note) => fault("refused-operation", note)),
    ...(up.length > 0 ? [] : downNotes.filter(({ kind }) => kind === "fails")).map((note) =>
      fault("refused-reverse", note),
    ),
  ];
}

/** Statements with the steps that run code in their places; what is deferred comes after all of them. */
function forwards(
  statements: readonly CompiledStatement[],
  steps: readonly CodeStep[],
): CompiledPiece[] {
  return merged(statements, steps, (step, { operation, isOfCode }) =>
    isOfCode === true ? step <= operation : step < operation,
  );
}

/** The same from the last operation to the first. */
function backwards(
  statements: readonly CompiledStatement[],
  steps: readonly CodeStep[],
): CompiledPiece[] {
  return merged(statements, steps.toReversed(), (step, { operation, isOfCode }) =>
    isOfCode === true ? step >= operation : step > operation,
  );
}

function merged(
  statements: readonly CompiledStatement[],
  steps: readonly CodeStep[],
  isBefore: (step: number, statement: CompiledStatement) => boolean,
): CompiledPiece[] {
  const pieces: CompiledPiece[] = [];
  const left = [...steps];
  for (const statement of statements) {
    const { sql, span, segments, isDeferred } = statement;
    const count = left.findIndex(({ index }) => !isDeferred && !isBefore(index, statement));
    pieces.push(...left.splice(0, count === -1 ? left.length : count));
    pieces.push({ sql, span, ...(segments === undefined ? {} : { segments }) });
  }
  return [...pieces, ...left];
}
