import { nameKey, type ObjectName } from "../name.ts";
import { sameName } from "../object-map.ts";
import type { Schema } from "../schema.ts";
import type { FunctionObject, Table } from "../schema-object.ts";
import { movedType, signatureOf } from "../type-name.ts";
import { changedList, known, replace } from "./replace.ts";

/** Gives a table, view, sequence or index another full name, and lets all that mentions it follow. */
export function moveRelation(schema: Schema, from: ObjectName, to: ObjectName): void {
  if (sameName(from, to) || schema.hasRelation(to)) return;
  const move = (name: ObjectName): ObjectName => (sameName(name, from) ? to : name);
  const index = schema.indexes.get(from);
  const tables = [
    ...known(schema.tables.get(from)),
    ...schema.childrenOf(from),
    // A foreign key knows its table, and the index that it rests on.
    ...schema.tables.group("references", nameKey(index?.table ?? from)),
  ];
  replace(schema.tables, tables, (table) => movedTable(table, move));
  const indexes = [
    ...known(index),
    ...schema.indexes.group("table", nameKey(from)),
    ...schema.indexes.group("parent", nameKey(from)),
  ];
  replace(schema.indexes, indexes, (each) => ({
    ...each,
    name: move(each.name),
    table: move(each.table),
    ...(each.parent === undefined ? {} : { parent: move(each.parent) }),
  }));
  const sequences = [...known(schema.sequences.get(from)), ...schema.sequencesOf(from)];
  replace(schema.sequences, sequences, (sequence) => ({
    ...sequence,
    name: move(sequence.name),
    ...(sequence.ownedBy === undefined
      ? {}
      : { ownedBy: { ...sequence.ownedBy, table: move(sequence.ownedBy.table) } }),
  }));
  const views = [...known(schema.views.get(from)), ...schema.views.group("reads", nameKey(from))];
  replace(schema.views, views, (view) => ({
    ...view,
    name: move(view.name),
    reads: view.reads.map(move),
  }));
  if (index === undefined) moveType(schema, from, to);
}

function movedTable(table: Table, move: (name: ObjectName) => ObjectName): Table {
  const { inherits, partitionOf } = table;
  return {
    ...table,
    name: move(table.name),
    inherits: changedList(inherits, move),
    ...(partitionOf === undefined ? {} : { partitionOf: move(partitionOf) }),
    constraints: changedList(table.constraints, (constraint) => {
      const { definition, restsOn } = constraint;
      if (definition.kind !== "foreign-key") return constraint;
      const references = move(definition.references);
      const index = restsOn === undefined ? undefined : move(restsOn);
      if (references === definition.references && index === restsOn) return constraint;
      return {
        ...constraint,
        definition: { ...definition, references },
        ...(index === undefined ? {} : { restsOn: index }),
      };
    }),
  };
}

/** Gives a type another full name, and lets the columns, domains and signatures that use it follow. */
export function moveType(schema: Schema, from: ObjectName, to: ObjectName): void {
  const move = (name: ObjectName): ObjectName => (sameName(name, from) ? to : name);
  replace(schema.enums, known(schema.enums.get(from)), (type) => ({
    ...type,
    name: move(type.name),
  }));
  replace(schema.domains, schema.domains.all(), (type) => ({
    ...type,
    name: move(type.name),
    baseType: movedType(type.baseType, from, to),
  }));
  replace(schema.otherTypes, known(schema.otherTypes.get(from)), (type) => ({
    ...type,
    name: move(type.name),
  }));
  replace(schema.tables, schema.tables.group("types", nameKey(from)), (table) => {
    const columns = table.columns.map((column) => {
      const type = movedType(column.type, from, to);
      return type === column.type ? column : { ...column, type };
    });
    return columns.some((column, index) => column !== table.columns[index])
      ? { ...table, columns }
      : table;
  });
  replace(schema.functions, schema.functions.all(), (overloads) => {
    const functions = overloads.functions.map((overload) => movedSignature(overload, from, to));
    return functions.some((overload, index) => overload !== overloads.functions[index])
      ? { ...overloads, functions }
      : overloads;
  });
}

function movedSignature(
  overload: FunctionObject,
  from: ObjectName,
  to: ObjectName,
): FunctionObject {
  const parameters = overload.parameters.map((type) => movedType(type, from, to));
  const { returns } = overload;
  const moved = returns === undefined ? undefined : movedType(returns, from, to);
  const isSame = parameters.every((type, index) => type === overload.parameters[index]);
  if (isSame && moved === returns) return overload;
  return {
    ...overload,
    parameters,
    signature: signatureOf(parameters),
    ...(moved === undefined ? {} : { returns: moved }),
  };
}
