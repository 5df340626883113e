import { describe, expect, it } from "@jest/globals";
import { code, fence, inline, link, prose } from "../../src/report/escape-markdown.ts";

const zero = "&#8203;";

describe("inline", () => {
  it.each([
    ["orders", "orders"],
    ["a_b*c", "a\\_b\\*c"],
    ["<b>&amp;", "&lt;b&gt;&amp;amp;"],
    ["a|b\\|c", "a&#124;b\\\\&#124;c"],
    ["@everyone", `@${zero}everyone`],
    ["#12 GH-3", `#${zero}12 GH${zero}-3`],
    ["https://evil.example", `https:${zero}//evil.example`],
    ["www.evil.example", `www${zero}.evil.example`],
    ["[x](y)", "\\[x\\](y)"],
    ["`code`", "\\`code\\`"],
    ["$1 $2", "<span>$</span>1 <span>$</span>2"],
    ["- item", "\\- item"],
    ["1. item", `1${zero}. item`],
    ["1.5 s", "1.5 s"],
    ["# title", `#${zero} title`],
    ["a\n\n# b", `a #${zero} b`],
    ["~~x~~", "\\~\\~x\\~\\~"],
    ["\u{202e}x", "\\\\u{202e}x"],
  ])("%j becomes %j", (text, markdown) => {
    expect(inline(text)).toBe(markdown);
  });
});

describe("code", () => {
  it.each([
    ["orders", "`orders`"],
    ["numeric(10, 2)", "`numeric(10, 2)`"],
    ["a`b", "<code>a\\`b</code>"],
    ["a|b", "<code>a&#124;b</code>"],
    ["</code><!--", "<code>&lt;/code&gt;&lt;\\!--</code>"],
    ["", ""],
    [" ", ""],
  ])("%j becomes %j", (text, markdown) => {
    expect(code(text)).toBe(markdown);
  });
});

describe("prose", () => {
  it.each([
    ["a lock on `orders`: wait", "a lock on `orders`: wait"],
    ["`a|b` @x", `<code>a&#124;b</code> @${zero}x`],
    ["one ` alone", "one \\` alone"],
    ["`</details>` <b>", "<code>&lt;/details&gt;</code> &lt;b&gt;"],
  ])("%j becomes %j", (message, markdown) => {
    expect(prose(message)).toBe(markdown);
  });
});

describe("fence", () => {
  it.each([
    ["SELECT 1\n", "```sql\nSELECT 1\n```"],
    ["a\n```\nb", "````sql\na\n```\nb\n````"],
    ["a\r\n``````b", "```````sql\na\n``````b\n```````"],
    ["<!-- gate -->", "```sql\n<! -- gate -->\n```"],
  ])("%j becomes %j", (text, markdown) => {
    expect(fence(text, "sql")).toBe(markdown);
  });
});

describe("link", () => {
  it.each([
    ["https://h.example/a(b).sql#L3", "[x](https://h.example/a%28b%29.sql#L3)"],
    ["https://h.example/ä b|`\u{d800}", "[x](https://h.example/%C3%A4%20b%7C%60%EF%BF%BD)"],
    ["javascript:alert(1)", "x"],
    [undefined, "x"],
  ])("to %j is %j", (address, markdown) => {
    expect(link("x", address)).toBe(markdown);
  });
});
