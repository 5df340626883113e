/** One of Django's field classes. */
export interface FieldType {
  /** What `get_internal_type()` gives. */
  readonly internal: string;
  /** The column's type; absent where it depends on the arguments, or on another field. */
  readonly column?: string;
  /** `max_length` where none is given. */
  readonly length?: number;
  readonly kind?: "relation" | "many-to-many" | "columnless";
  /** Without a default, blank text that is added to a table gets `''`. */
  readonly emptyText?: true;
  /** The names of its positional arguments, where they are not those of all fields. */
  readonly positional?: readonly string[];
}

const COMMON = ["verbose_name", "name", "primary_key", "max_length", "unique", "blank", "null"];
const FILE = ["verbose_name", "name", "upload_to", "storage"];
const RELATION = ["to", "on_delete"];

function plain(internal: string, column: string, positional?: readonly string[]): FieldType {
  return positional === undefined ? { internal, column } : { internal, column, positional };
}

function text(internal: string, length?: number, positional?: readonly string[]): FieldType {
  return {
    internal,
    emptyText: true,
    ...(length === undefined ? {} : { length }),
    ...(positional === undefined ? {} : { positional }),
  };
}

const MOMENT = ["verbose_name", "name", "auto_now", "auto_now_add"];

/**
 * Django's own fields, those of contrib.postgres included
 * (https://docs.djangoproject.com/en/stable/ref/models/fields/).
 */
export const FIELD_TYPES: Readonly<Record<string, FieldType>> = {
  Field: { internal: "Field" },
  AutoField: plain("AutoField", "integer"),
  BigAutoField: plain("BigAutoField", "bigint"),
  SmallAutoField: plain("SmallAutoField", "smallint"),
  BigIntegerField: plain("BigIntegerField", "bigint"),
  BinaryField: { internal: "BinaryField", column: "bytea", emptyText: true },
  BooleanField: plain("BooleanField", "boolean"),
  NullBooleanField: plain("NullBooleanField", "boolean"),
  CharField: text("CharField"),
  CommaSeparatedIntegerField: text("CharField"),
  EmailField: text("CharField", 254),
  URLField: text("CharField", 200),
  SlugField: text("SlugField", 50),
  FileField: text("FileField", 100, FILE),
  ImageField: text("FileField", 100, ["verbose_name", "name", "width_field", "height_field"]),
  FilePathField: text("FilePathField", 100, ["verbose_name", "name", "path", "match"]),
  TextField: { internal: "TextField", column: "text", emptyText: true },
  DateField: plain("DateField", "date", MOMENT),
  DateTimeField: plain("DateTimeField", "timestamp with time zone", MOMENT),
  TimeField: plain("TimeField", "time", MOMENT),
  DurationField: plain("DurationField", "interval"),
  DecimalField: {
    internal: "DecimalField",
    positional: ["verbose_name", "name", "max_digits", "decimal_places"],
  },
  FloatField: plain("FloatField", "double precision"),
  IntegerField: plain("IntegerField", "integer"),
  OrderWrt: plain("IntegerField", "integer"),
  IPAddressField: plain("IPAddressField", "inet"),
  GenericIPAddressField: plain("GenericIPAddressField", "inet", [
    "verbose_name",
    "name",
    "protocol",
  ]),
  JSONField: plain("JSONField", "jsonb", ["verbose_name", "name", "encoder", "decoder"]),
  PositiveBigIntegerField: plain("PositiveBigIntegerField", "bigint"),
  PositiveIntegerField: plain("PositiveIntegerField", "integer"),
  PositiveSmallIntegerField: plain("PositiveSmallIntegerField", "smallint"),
  SmallIntegerField: plain("SmallIntegerField", "smallint"),
  UUIDField: plain("UUIDField", "uuid"),
  ForeignKey: { internal: "ForeignKey", kind: "relation", positional: [...RELATION] },
  OneToOneField: { internal: "OneToOneField", kind: "relation", positional: [...RELATION] },
  ManyToManyField: { internal: "ManyToManyField", kind: "many-to-many", positional: ["to"] },
  GeneratedField: { internal: "GeneratedField" },
  CompositePrimaryKey: { internal: "CompositePrimaryKey", kind: "columnless" },
  GenericForeignKey: { internal: "GenericForeignKey", kind: "columnless" },
  GenericRelation: { internal: "GenericRelation", kind: "columnless" },
  ArrayField: { internal: "ArrayField", positional: ["base_field", "size"] },
  HStoreField: plain("HStoreField", "hstore"),
  SearchVectorField: plain("SearchVectorField", "tsvector"),
  // Removed in Django 5.1; old migrations keep them.
  CITextField: { internal: "CITextField", column: "citext", emptyText: true },
  CICharField: { internal: "CICharField", column: "citext", emptyText: true },
  CIEmailField: { internal: "CIEmailField", column: "citext", emptyText: true },
  IntegerRangeField: plain("IntegerRangeField", "int4range"),
  BigIntegerRangeField: plain("BigIntegerRangeField", "int8range"),
  DecimalRangeField: plain("DecimalRangeField", "numrange"),
  FloatRangeField: plain("FloatRangeField", "numrange"),
  DateTimeRangeField: plain("DateTimeRangeField", "tstzrange"),
  DateRangeField: plain("DateRangeField", "daterange"),
};

/** The name of a positional argument of a field class. */
export function positionalName(type: FieldType, index: number): string | undefined {
  return (type.positional ?? COMMON)[index];
}

export const AUTO_TYPES: ReadonlySet<string> = new Set([
  "AutoField",
  "BigAutoField",
  "SmallAutoField",
]);

export const POSITIVE_TYPES: ReadonlySet<string> = new Set([
  "PositiveIntegerField",
  "PositiveSmallIntegerField",
  "PositiveBigIntegerField",
]);
