import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import type { Surroundings } from "../../src/django/python/evaluator.ts";
import { readModule } from "../../src/django/python/module.ts";
import { canonicalText } from "../../src/django/python/same-value.ts";

const FILES: Readonly<Record<string, string>> = {
  "shop/migrations/0002_view.sql": "CREATE VIEW v AS SELECT 1",
};

const SURROUNDINGS: Surroundings = {
  path: "shop/migrations/0002_view.py",
  module: { name: "shop.migrations.0002_view", isPackage: false },
  djangoVersion: [5, 2],
  readFile: (path) => FILES[path],
  constant: (module, name) =>
    module === "shop.constants" && name === "SIZE"
      ? { kind: "integer", value: 40n, span: { start: 900, end: 902 } }
      : undefined,
  setting: (name) =>
    name === "NAME_LENGTH"
      ? { kind: "integer", value: 30n, span: { start: 900, end: 902 } }
      : undefined,
};

function valueOf(text: string, name = "x"): string {
  const value = readModule(text, SURROUNDINGS).names.get(name);
  if (value?.kind === "unknown") return `unknown: ${value.reason}`;
  return value === undefined ? "unbound" : canonicalText(value);
}

describe("an expression is evaluated as far as its text tells", () => {
  it.each([
    ["x = 1_000 + 0x10 * 2", "1032"],
    ["x = 0755", "493"],
    ["x = -1.5", "float -1.5"],
    ["x = 'a\\x41\\u00e9\\n' 'b' r'\\d'", '"aAé\\nb\\\\d"'],
    ["x = b'\\xff'", 'b"ÿ"'],
    ['x = """a\nb"""', '"a\\nb"'],
    ["n = 'shop'\nx = f'{n}_{1}{{}}'", '"shop_1{}"'],
    ["n = 'shop'\nx = f'{n!r}'", "unknown: a part of the text is not known"],
    ["x = '%s_%d' % ('a', 2)", '"a_2"'],
    ["x = '{0}-{name}'.format('a', name='b')", '"a-b"'],
    ["x = ', '.join(['a', 'b'])", '"a, b"'],
    ["x = [*range(3), 3]", "[0,1,2,3]"],
    ["x = {**{'a': 1}, 'b': 2}", '{"a":1,"b":2}'],
    ["x = [(a, b) for a in ('p', 'q') for b in [1, 2] if a != 'q']", '[("p",1),("p",2)]'],
    ["x = {k: v for k, v in {'a': 1}.items()}", '{"a":1}'],
    ["x = set(n for n in [2, 1])", "{1,2}"],
    ["x = 'a' if 2 > 1 else 'b'", '"a"'],
    ["x = {'a': [1, 2]}['a'][-1]", "2"],
    ["x = True and not None", "True"],
    ["import django\nx = django.VERSION >= (4, 0)", "True"],
    ["from shop.constants import SIZE as S\nx = S", "40"],
    ["from .. import constants\nx = constants.SIZE", "40"],
    ["from django.conf import settings\nx = settings.NAME_LENGTH", "30"],
    [
      "from django.conf import settings\nx = settings.USER_MODEL",
      "@django.conf.settings.USER_MODEL",
    ],
    ["from django.conf import settings\nx = settings.OTHER", "@django.conf.settings.OTHER"],
    [
      "from django.db import models as m\nx = m.Q(a=1) & ~m.Q(b=2)",
      "&(django.db.models.Q(a=1),~(django.db.models.Q(b=2)))",
    ],
    ["from d import Field\nx = Field[str, int](null=True)", "d.Field(null=True)"],
    [
      "def f(a, b=2):\n    'doc'\n    if a:\n        return [a, b]\n    return None\nx = f(1)",
      "[1,2]",
    ],
    ["def f():\n    return open('a').read()\nx = f()", "unknown: what `.read()` gives here"],
    ["def f(n):\n    return f(n + 1)\nx = f(0)", "unknown: it calls itself too deeply"],
    [
      "import os\nwith open(os.path.join(os.path.dirname(__file__), '0002_view.sql')) as f:\n    x = f.read()",
      '"CREATE VIEW v AS SELECT 1"',
    ],
    [
      "from pathlib import Path\nx = (Path(__file__).parent / '0002_view.sql').read_text()",
      '"CREATE VIEW v AS SELECT 1"',
    ],
    [
      "from pathlib import Path\nx = Path(__file__).with_name('0002_view.sql').read_text()",
      '"CREATE VIEW v AS SELECT 1"',
    ],
    [
      "from pathlib import Path\nx = Path(__file__).with_suffix('.txt').read_text()",
      "unknown: the file shop/migrations/0002_view.txt was not found",
    ],
    ["import uuid\nx = uuid.uuid4", "@uuid.uuid4"],
    [
      "from django.db.models import F\nx = F('a').desc()",
      'django.db.models.OrderBy(django.db.models.F("a"),descending=True)',
    ],
    ["x = lambda: 1", "lambda 4"],
    ["x = 1j", "unknown: the number is not a real one"],
  ])("%s", (text, expected) => {
    expect(valueOf(text)).toBe(expected);
  });
});

describe("statements are followed as far as they are known", () => {
  it.each([
    [
      "x = []\nfor n in ['a', 'b']:\n    x.append(n)\nx += ['c']\nx.insert(0, 'd')",
      '["d","a","b","c"]',
    ],
    ["a, (b, c) = 1, (2, 3)\nx = [c, b, a]", "[3,2,1]"],
    ["x = {}\nx['a'] = 1\nx.update({'b': 2})", '{"a":1,"b":2}'],
    ["x = y = 3", "3"],
    ["x: int = 3", "3"],
    ["x = 1\nif flag():\n    x = 2", "unknown: it depends on a condition that is not known"],
    ["x = 1\nif flag():\n    x = 1", "1"],
    ["x = 1\nif flag():\n    raise ValueError()", "1"],
    ["if 1 == 1:\n    x = 'yes'\nelse:\n    x = 'no'", '"yes"'],
    ["try:\n    import q\n    x = 1\nexcept ImportError:\n    x = 2", "1"],
    ["x = []\nwhile flag():\n    x.append(1)", "unknown: a loop assigns it"],
    ["x = []\nfor n in rows():\n    x.append(n)", "unknown: a loop assigns it"],
    ["x = [1]\nx.sort(key=f)", "unknown: a method changes it"],
    ["x, y = pair()", "unknown: it is unpacked from something that is not known"],
    ["x = " + "(".repeat(400) + "1" + ")".repeat(400), "unknown: it is nested too deeply"],
    ["x = " + Array.from({ length: 400 }, () => "'a'").join(" + "), `"${"a".repeat(400)}"`],
    ["y = list(range(9999))\nx = [a for a in y for b in y]", "unknown: what it goes through"],
  ])("%#", (text, expected) => {
    expect(valueOf(text)).toBe(expected);
  });

  it("knows where the characters of a text are written", () => {
    const text = 'x = ("a\\n"\n     "b")';
    const value = readModule(text, SURROUNDINGS).names.get("x");
    const segments = value?.kind === "string" ? (value.segments ?? []) : [];
    expect(segments.map(({ at, start }) => [at, text[start]])).toEqual([
      [0, "a"],
      [1, "\\"],
      [2, '"'],
      [2, "b"],
    ]);
  });

  it("places a constant of another file where it is used", () => {
    const text = "from shop.constants import SIZE\nx = [SIZE]";
    const value = readModule(text, SURROUNDINGS).names.get("x");
    expect(value?.kind === "list" && value.items[0]?.span).toEqual({ start: 37, end: 41 });
  });
});

describe("hostile text", () => {
  const marks = [
    ..."( ) [ ] { } , : . = + % * @ ~ & \n ` \\ \0 é".split(" "),
    "==",
    "**",
    "\n    ",
    "class ",
    "def f",
    "x",
    "1",
  ];
  const words = "for|in|if|else|lambda|return|with|as|import|from|yield|print|and|not".split("|");
  const quotes = ["'", '"""', "f'{", "u'", "b'"];
  const token = fc.constantFrom(...marks, ...words.map((word) => ` ${word} `), ...quotes);

  it("never makes the reader throw", () => {
    fc.assert(
      fc.property(fc.array(token, { maxLength: 60 }), (tokens) => {
        const { names } = readModule(tokens.join(""), SURROUNDINGS);
        expect([...names.values()].map(canonicalText)).toHaveLength(names.size);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["lists that double", "x = [x, x]", "[1]"],
    ["text that doubles", "x = x + x", "'aa'"],
    ["text that is joined to itself", "x = x.join([x, x, x])", "'aa'"],
    ["text that is filled with itself", "x = x.format(x, x)", "'{}{}'"],
    ["text that is interpolated with itself", "x = x % (x, x)", "'%s%s'"],
    ["text that is added to itself", "x += x", "'aa'"],
    ["a list that is extended by itself", "x.extend(x)", "[1]"],
  ])("is not evaluated without end: %s", (_, line, start) => {
    const value = valueOf([`x = ${start}`, ...Array.from({ length: 60 }, () => line)].join("\n"));
    expect(value).toMatch(/unknown/);
  });

  it("is not called without end", () => {
    expect(valueOf("def f(n):\n    return [f(n), f(n), f(n)]\nx = f(1)").length).toBeLessThan(1e7);
  });
});
