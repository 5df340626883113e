import type { ProjectFault } from "../../core/migration.ts";
import type { Span } from "../../core/span.ts";
import { contribFiles } from "../contrib/contrib-files.ts";
import { itemsOf, lastPart, type PythonCall, type PythonValue, textOf } from "../python/value.ts";
import { swappedModel, type DjangoSettings } from "./django-settings.ts";
import { type MigrationFile } from "./migration-files.ts";
import { keyOf, type MigrationPlan } from "./migration-graph.ts";

/** What a migration needs and does not say that it needs, or says in a way that moves. */
export function dependencyFaults(
  file: MigrationFile,
  plan: MigrationPlan<MigrationFile>,
  settings: DjangoSettings,
): () => ProjectFault[] {
  return () => [...undeclared(file, plan, settings), ...moving(file), ...squashedCode(file)];
}

/** An app of Django's own is there also where no migration of the project asks for it. */
function isContrib(app: string): boolean {
  return contribFiles().some((file) => file.app === app);
}

/** A relation to a model of another app whose migrations may run later: Django cannot resolve it then. */
function undeclared(
  file: MigrationFile,
  { knows, needs }: MigrationPlan<MigrationFile>,
  settings: DjangoSettings,
): ProjectFault[] {
  const told = new Set<string>();
  return file.syntax.operations.flatMap(relationsIn).flatMap(({ reference, span }) => {
    const model = modelOf(reference, settings);
    const [app = "", name] = model?.split(".") ?? [];
    if (name === undefined || app === file.app || told.has(app)) return [];
    if (!(knows(app) || isContrib(app)) || needs(file, app)) return [];
    told.add(app);
    const setting = reference.kind === "name" ? lastPart(reference.name) : undefined;
    const dependency =
      setting === undefined
        ? `("${app}", "…")`
        : `migrations.swappable_dependency(settings.${setting})`;
    return [
      {
        kind: "undeclared-dependency",
        path: file.path,
        span,
        message: `${keyOf(file)} refers to ${model}, and nothing says that the migrations of “${app}” come first: in another order Django stops, as it does not find the model. Add \`${dependency}\` to its dependencies.`,
      },
    ];
  });
}

interface Relation {
  readonly reference: PythonValue;
  readonly span: Span;
}

const RELATIONS = /(?:ForeignKey|OneToOneField|ManyToManyField|ParentalKey)$/;

/** The relations that the fields of an operation state. */
function relationsIn(value: PythonValue): Relation[] {
  if (value.kind === "call") {
    const inner = [...value.args, ...value.keywords.values()].flatMap(relationsIn);
    return RELATIONS.test(value.callee) ? [...targets(value), ...inner] : inner;
  }
  return (itemsOf(value) ?? []).flatMap(relationsIn);
}

function targets(call: PythonCall): Relation[] {
  const named = [call.keywords.get("to") ?? call.args[0], call.keywords.get("through")];
  return named.flatMap((reference) =>
    reference === undefined ? [] : [{ reference, span: call.span }],
  );
}

/** The model that a relation names, as `app.Model`; undefined where it is not known or of the same app. */
function modelOf(reference: PythonValue, settings: DjangoSettings): string | undefined {
  const text = textOf(reference);
  if (text !== undefined) return text.includes(".") ? text : undefined;
  if (reference.kind !== "name" || !/(?:^|\.)settings\./.test(reference.name)) return undefined;
  const model = swappedModel(lastPart(reference.name), settings);
  return model === "" ? undefined : model;
}

/** `__latest__` is another migration each time the other app gets one. */
function moving(file: MigrationFile): ProjectFault[] {
  return file.dependencies
    .filter(({ name }) => name === "__latest__")
    .map(({ app, span }) => ({
      kind: "moving-dependency",
      path: file.path,
      span,
      message: `${keyOf(file)} depends on whatever migration of “${app}” is the last: with each new one of that app it moves behind it, also in databases that ran it before. Name the migration that it needs.`,
    }));
}

/** Code that a squash took over and that nobody said can be left out. */
function squashedCode(file: MigrationFile): ProjectFault[] {
  if (file.replaces.length === 0) return [];
  return file.syntax.operations.flatMap((value): ProjectFault[] => {
    if (value.kind !== "call" || !/\.Run(?:Python|SQL)$/.test(value.callee)) return [];
    const elidable = value.keywords.get("elidable");
    if (elidable?.kind === "boolean" && elidable.value) return [];
    const name = lastPart(value.callee);
    return [
      {
        kind: "squashed-code",
        path: file.path,
        span: value.span,
        message: `This ${name} came along into the squash: every new database runs it, on tables without rows, for as long as the squash is kept. Where it only mended rows that were there, remove it, or mark the original with \`elidable=True\` and squash again.`,
      },
    ];
  });
}
