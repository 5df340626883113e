import type {
  AddEnumValue,
  AlterCompositeType,
  AlterDomain,
  CreateCompositeType,
  CreateDomain,
  CreateEnum,
  CreateOtherType,
  RenameEnumValue,
  TypeOperations,
} from "../operations/type-object.ts";
import { constraintName } from "../generated-name.ts";
import type { ConstraintDefinition } from "../operations/constraint.ts";
import type { Schema } from "../schema.ts";
import type { Column, Constraint, DomainType } from "../schema-object.ts";
import { resolvedType } from "../type-name.ts";
import { columnOf } from "./column-definition.ts";
import { dropType } from "./drop-type.ts";
import { moveType } from "./references.ts";
import type { ReplayOptions, Steps } from "./step.ts";

export const TYPE_STEPS: Steps<TypeOperations["kind"]> = {
  "create-enum": createEnum,
  "add-enum-value": addEnumValue,
  "rename-enum-value": renameEnumValue,
  "create-composite-type": createComposite,
  "alter-composite-type": alterComposite,
  "create-domain": createDomain,
  "alter-domain": alterDomain,
  "create-other-type": createOther,
  "drop-type": (schema, operation) => {
    const name = schema.typeName(operation.type);
    if (name !== undefined) dropType(schema, name, operation.cascade);
  },
  "rename-type": (schema, { type, to }) => {
    const name = schema.typeName(type);
    if (name !== undefined && schema.typeName({ ...name, name: to }) === undefined) {
      moveType(schema, name, { ...name, name: to });
    }
  },
  "set-type-schema": (schema, { type, schema: namespace }) => {
    const name = schema.typeName(type);
    if (name !== undefined) moveType(schema, name, { ...name, schema: namespace });
  },
};

function createEnum(schema: Schema, operation: CreateEnum, { reviewing }: ReplayOptions): void {
  const name = schema.target(operation.type);
  if (schema.typeName(name) !== undefined) return;
  schema.enums.set({ name, values: operation.values, isNew: reviewing });
}

function addEnumValue(schema: Schema, { type, value, position }: AddEnumValue): void {
  const found = schema.enumType(type);
  if (found === undefined || found.values.includes(value)) return;
  const values = [...found.values];
  const neighbour = position === undefined ? -1 : values.indexOf(position.value);
  if (position === undefined || neighbour < 0) values.push(value);
  else values.splice(position.place === "before" ? neighbour : neighbour + 1, 0, value);
  schema.enums.set({ ...found, values });
}

function renameEnumValue(schema: Schema, { type, value, to }: RenameEnumValue): void {
  const found = schema.enumType(type);
  if (found === undefined || found.values.includes(to)) return;
  const values = found.values.map((each) => (each === value ? to : each));
  schema.enums.set({ ...found, values });
}

function createComposite(schema: Schema, operation: CreateCompositeType): void {
  const name = schema.target(operation.type);
  if (schema.typeName(name) !== undefined) return;
  const attributes = operation.attributes.map((attribute) =>
    columnOf(schema, name, attribute, false),
  );
  schema.otherTypes.set({ name, form: "composite", attributes });
}

function alterComposite(schema: Schema, operation: AlterCompositeType): void {
  const found = schema.otherTypes.find(operation.type, schema.path);
  if (found?.attributes === undefined) return;
  const { attribute, attributeType, to } = operation;
  const type = attributeType === undefined ? undefined : resolvedType(schema, attributeType);
  let attributes: Column[] = [...found.attributes];
  if (operation.action === "add-attribute" && type !== undefined) {
    attributes.push({ name: attribute, type, notNull: false, isNew: false });
  } else if (operation.action === "drop-attribute") {
    attributes = attributes.filter(({ name }) => name !== attribute);
  } else {
    attributes = attributes.map((each) =>
      each.name === attribute ? { ...each, name: to ?? each.name, type: type ?? each.type } : each,
    );
  }
  schema.otherTypes.set({ ...found, attributes });
}

function createOther(schema: Schema, { type, form }: CreateOtherType): void {
  const name = schema.target(type);
  const shell = schema.otherTypes.get(name)?.form === "shell";
  if (schema.typeName(name) === undefined || shell) schema.otherTypes.set({ name, form });
}

function createDomain(schema: Schema, operation: CreateDomain): void {
  const name = schema.target(operation.type);
  if (schema.typeName(name) !== undefined) return;
  schema.domains.set({
    name,
    baseType: resolvedType(schema, operation.baseType),
    notNull: operation.notNull,
    constraints: [],
    hasDefault: operation.default !== undefined,
  });
  for (const definition of operation.constraints) addToDomain(schema, name, definition);
}

function addToDomain(
  schema: Schema,
  name: Required<DomainType["name"]>,
  definition: ConstraintDefinition,
): void {
  const domain = schema.domains.get(name);
  if (domain === undefined) return;
  if (definition.kind === "not-null") {
    schema.domains.set({ ...domain, notNull: true });
    return;
  }
  const constraint: Constraint = {
    name: definition.name ?? constraintName(schema, name.schema, [name.name, undefined, "check"]),
    definition,
    columns: [],
    validated: !definition.notValid,
    named: definition.name !== undefined,
  };
  if (domain.constraints.some((each) => each.name === constraint.name)) return;
  schema.domains.set({ ...domain, constraints: [...domain.constraints, constraint] });
}

function alterDomain(schema: Schema, operation: AlterDomain): void {
  const domain = schema.domain(operation.type);
  if (domain === undefined) return;
  const { constraint, constraintName: name, to } = operation;
  const changeNamed = (change: (constraint: Constraint) => Constraint): void => {
    const constraints = domain.constraints.map((each) =>
      each.name === name ? change(each) : each,
    );
    schema.domains.set({ ...domain, constraints });
  };
  switch (operation.action) {
    case "set-default":
    case "drop-default":
      schema.domains.set({ ...domain, hasDefault: operation.action === "set-default" });
      break;
    case "set-not-null":
    case "drop-not-null":
      schema.domains.set({ ...domain, notNull: operation.action === "set-not-null" });
      break;
    case "add-constraint":
      if (constraint !== undefined) addToDomain(schema, schema.target(domain.name), constraint);
      break;
    case "drop-constraint": {
      const constraints = domain.constraints.filter((each) => each.name !== name);
      schema.domains.set({ ...domain, constraints });
      break;
    }
    case "validate-constraint":
      changeNamed((each) => ({ ...each, validated: true }));
      break;
    case "rename-constraint":
      if (to !== undefined) changeNamed((each) => ({ ...each, name: to }));
      break;
  }
}
