import type { ColumnShape, FieldShape } from "./table-shape.ts";
import { typeValues } from "./type-values.ts";
import type { ValueSeries } from "./value-series.ts";

/** Values of a column by its type alone; undefined where none are known. */
export function columnSeries(column: ColumnShape): ValueSeries | undefined {
  const single = singleValues(column);
  return single === undefined || !column.isArray ? single : arraysOf(single);
}

function singleValues({
  kind,
  baseType,
  modifier,
  labels,
  subtype = "",
  fields = [],
}: ColumnShape): ValueSeries | undefined {
  switch (kind) {
    case "enum":
      return labelsOf(labels);
    case "range":
    case "multirange": {
      const ends = typeValues(subtype, -1);
      return ends === undefined ? undefined : rangesOf(ends, kind === "multirange");
    }
    case "composite":
      return compositesOf(fields);
    case "base":
      return typeValues(baseType, modifier);
  }
}

function labelsOf(labels: readonly string[]): ValueSeries | undefined {
  if (labels.length === 0) return undefined;
  return { nth: (n) => labels[n % labels.length] ?? "", extremes: [] };
}

/** Nothing between two commas is NULL: https://www.postgresql.org/docs/current/rowtypes.html#ROWTYPES-IO-SYNTAX */
function compositesOf(fields: readonly FieldShape[]): ValueSeries | undefined {
  const series = fields.map(
    ({ baseType, modifier, labels }) => labelsOf(labels) ?? typeValues(baseType, modifier),
  );
  if (series.every((one) => one === undefined)) return undefined;
  const nth = (n: number): string =>
    `(${series.map((one) => (one === undefined ? "" : quoted(one.nth(n)))).join(",")})`;
  return { nth, extremes: [`(${series.map(() => "").join(",")})`] };
}

/** Ranges that do not overlap: an exclusion constraint often asks for that. */
function rangesOf({ nth }: ValueSeries, isMultiple: boolean): ValueSeries {
  const nthRange = (n: number): string => `[${nth(2 * n)},${nth(2 * n + 1)})`;
  return isMultiple
    ? { nth: (n) => `{${nthRange(n)}}`, extremes: ["{}"] }
    : { nth: nthRange, extremes: ["empty"] };
}

function arraysOf({ nth, extremes }: ValueSeries): ValueSeries {
  const [first] = extremes;
  return {
    nth: (n) => arrayText([nth(n), nth(n + 1)]),
    extremes: ["{}", ...(first === undefined ? [] : [arrayText([first])])],
  };
}

function arrayText(items: readonly string[]): string {
  return `{${items.map((item) => quoted(item)).join(",")}}`;
}

/** As an array or a composite value holds a text. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
