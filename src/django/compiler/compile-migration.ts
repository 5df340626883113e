import type { Span } from "../../core/span.ts";
import { lastPart, type PythonValue } from "../python/value.ts";
import { Catalog } from "../schema/catalog.ts";
import {
  type CompiledStatement,
  type CompilerNote,
  SchemaEditor,
} from "../schema/schema-editor.ts";
import type { Operation } from "../operations/operation.ts";
import { readOperation } from "../operations/read-operation.ts";
import type { SchemaSteps } from "../operations/run-python.ts";
import { Apps } from "../state/apps.ts";
import { ProjectState, type ProjectSettings } from "../state/project-state.ts";
import { Refusal, Uncompilable } from "../state/uncompilable.ts";

/** The models and the catalog at one point of the history. */
export interface CompilerState {
  readonly project: ProjectState;
  readonly catalog: Catalog;
}

/** The state before the first migration. */
export function emptyState(settings: ProjectSettings): CompilerState {
  return { project: new ProjectState(settings), catalog: new Catalog() };
}

/** What is compiled of a migration. */
export interface MigrationInput {
  /** The label of its app. */
  readonly app: string;
  /** The dotted name of its module, by which classes of its own file are found. */
  readonly module?: string;
  readonly operations: readonly PythonValue[];
  /** What a function of its file does to the schema. */
  readonly schemaSteps?: SchemaSteps;
}

/** Why a migration cannot be unapplied. */
export interface Irreversible {
  readonly irreversible: string;
  readonly operation: number;
  readonly span: Span;
}

export interface CompiledMigration {
  /** The state after it: that before the next one. */
  readonly state: CompilerState;
  readonly up: readonly CompiledStatement[];
  readonly down: readonly CompiledStatement[] | Irreversible;
  /**
   * The way up after the way down, where that is another one: names that Django looks up in the
   * database are not always those of before (an index made again has a generated name).
   */
  readonly upAgain?: readonly CompiledStatement[] | undefined;
  /** What is not known of its way up. */
  readonly notes: readonly CompilerNote[];
  /** What is not known of its way down. */
  readonly downNotes: readonly CompilerNote[];
}

/** One operation between its two states; without an operation it was not read. */
interface Step {
  readonly operation: Operation;
  readonly index: number;
  readonly span: Span;
  readonly before: Apps;
  readonly after: Apps;
}

/**
 * Compiles a migration to the statements that Django would send, in both directions. Never throws
 * for what a migration holds: an operation that is not known changes nothing, and has a note.
 */
export function compileMigration(
  state: CompilerState,
  migration: MigrationInput,
): CompiledMigration {
  const { app } = migration;
  const editor = new SchemaEditor(state.project.settings, new Catalog(state.catalog));
  const steps: Step[] = [];
  let apps = new Apps(state.project);
  for (const [index, value] of migration.operations.entries()) {
    editor.origin = { operation: index, span: value.span };
    const step = readStep(value, index, apps, migration, editor);
    if (step === undefined) continue;
    steps.push(step);
    runForwards(step, app, editor);
    apps = step.after;
  }
  finish(editor);
  const after = { project: apps.state, catalog: editor.catalog };
  const { statements: up, notes } = editor;
  return new Compiled({ state: after, up, notes }, () => {
    const blocked = steps.find(({ operation }) => operation.irreversible !== undefined);
    if (blocked !== undefined) return { downNotes: [], ...irreversible(blocked) };
    const down = compileDown(steps, app, after);
    const result = { down: down.statements, downNotes: down.notes };
    if (down.catalog.equals(state.catalog)) return result;
    return { ...result, upAgain: compileAgain(steps, app, down) };
  });
}

type WayUp = Pick<CompiledMigration, "state" | "up" | "notes">;
type WayDown = Pick<CompiledMigration, "down" | "downNotes" | "upAgain">;

/** The way down is compiled when it is asked for: of a whole history only that of what changed is. */
class Compiled implements CompiledMigration {
  readonly state: CompilerState;
  readonly up: readonly CompiledStatement[];
  readonly notes: readonly CompilerNote[];
  readonly #compileDown: () => WayDown;
  #wayDown: WayDown | undefined;

  constructor({ state, up, notes }: WayUp, back: () => WayDown) {
    this.state = state;
    this.up = up;
    this.notes = notes;
    this.#compileDown = back;
  }

  get down(): CompiledMigration["down"] {
    return this.#back.down;
  }

  get downNotes(): readonly CompilerNote[] {
    return this.#back.downNotes;
  }

  get upAgain(): readonly CompiledStatement[] | undefined {
    return this.#back.upAgain;
  }

  get #back(): WayDown {
    this.#wayDown ??= this.#compileDown();
    return this.#wayDown;
  }
}

function runForwards({ operation, before, after }: Step, app: string, editor: SchemaEditor): void {
  attemptStep(editor, () => operation.forwards({ app, editor, from: before, to: after }));
}

function irreversible({ operation, index, span }: Step): { readonly down: Irreversible } {
  return { down: { irreversible: operation.irreversible ?? "", operation: index, span } };
}

function readStep(
  value: PythonValue,
  index: number,
  before: Apps,
  { app, module = "", schemaSteps }: MigrationInput,
  editor: SchemaEditor,
): Step | undefined {
  try {
    const operation = readOperation(value, {
      customFields: noting(before.settings, module, editor),
      ...(schemaSteps && { schemaSteps }),
      unknown: (error) => note(editor, error, "unknown-operation"),
    });
    noteSubclass(value, editor);
    const state = operation.change(before.state, app);
    const after = state === before.state ? before : new Apps(state);
    return { operation, index, span: value.span, before, after };
  } catch (error) {
    if (!(error instanceof Uncompilable)) throw error;
    note(editor, error, "unknown-operation");
    return undefined;
  }
}

function noteSubclass(value: PythonValue, editor: SchemaEditor): void {
  if (value.kind !== "call" || value.subclass === undefined) return;
  const { subclass, callee } = value;
  const reason = `what ${subclass} does besides: it is taken for ${lastPart(callee)}, which it extends`;
  editor.note("unknown-operation", reason);
}

/** Says of each field whose class is not known where it stands. */
function noting(
  settings: ProjectSettings,
  module: string,
  editor: SchemaEditor,
): ProjectSettings["customFields"] {
  return (path, isLocal = false) => {
    const found = settings.customFields(isLocal ? `${module}.${path}` : path);
    if (found === undefined) {
      editor.note("unknown-field", `the field class ${path}: its column is taken to be text`);
    }
    return found;
  };
}

function note(editor: SchemaEditor, error: Uncompilable, kind: CompilerNote["kind"]): void {
  editor.note(error instanceof Refusal ? "fails" : kind, error.message, error.span);
}

/** Runs a part of the compilation; what it could not do becomes a note. */
function attemptStep(editor: SchemaEditor, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Uncompilable)) throw error;
    note(editor, error, "not-compiled");
  }
}

function finish(editor: SchemaEditor): void {
  attemptStep(editor, () => editor.flush());
}

function compileDown(steps: readonly Step[], app: string, after: CompilerState): SchemaEditor {
  const editor = new SchemaEditor(after.project.settings, new Catalog(after.catalog));
  for (const { operation, index, span, before, after: from } of steps.toReversed()) {
    editor.origin = { operation: index, span };
    attemptStep(editor, () => operation.backwards({ app, editor, from, to: before }));
  }
  finish(editor);
  return editor;
}

function compileAgain(
  steps: readonly Step[],
  app: string,
  { settings, catalog }: SchemaEditor,
): readonly CompiledStatement[] {
  const editor = new SchemaEditor(settings, new Catalog(catalog));
  for (const step of steps) {
    editor.origin = { operation: step.index, span: step.span };
    runForwards(step, app, editor);
  }
  finish(editor);
  return editor.statements;
}
