import fc from "fast-check";
import { longestMarkdown, markdownFormat, markdownMarker } from "../../../drift/formats/markdown";
import { attacks, clean, failed, hostile, mixed, reportOf, resource } from "../reports";
import { expectGolden } from "./golden";

const setting = { projectFile: "Pulumi.yaml", colours: false };

/** What a reader of HTML sees in the code elements. */
function codes(markdown: string): string[] {
  const found = [...markdown.matchAll(/<code>(.*?)<\/code>/g)].map(([, text = ""]) => text);
  return found.map((text) => text.replace(/&#(\d+);/g, (_whole, code) => String.fromCodePoint(Number(code))));
}

/** All that is not in a code element, and not the format's own. */
function around(markdown: string): string {
  return markdown.replace(/<code>[^<\n]*<\/code>/g, "").replace(/<\/?(details|summary)>/g, "");
}

it("has a row for each difference, and folds what asks nothing of anybody", () => {
  expectGolden("markdown.md", markdownFormat(mixed, setting));
});

it("says that a stack is clean, and what went wrong with the detection", () => {
  expectGolden("markdown-clean.md", markdownFormat(clean, setting));
  expectGolden("markdown-failed.md", markdownFormat(failed, setting));
});

it("begins with a marker that a bot finds, of which a stack's name cannot break out", () => {
  expect(markdownFormat(mixed, setting).split("\n")[0]).toBe("<!-- pulumi-inference drift: chat acme/chat/dev -->");
  expect(markdownMarker({ project: "x --> y", stack: "<b>" })).toBe("<!-- pulumi-inference drift: x_--__y _b_ -->");
});

it("lets nothing out of its code elements", () => {
  const markdown = markdownFormat(hostile, setting);

  expect(around(markdown)).not.toMatch(/octocat|evil|script|tada|taken|alert/);
  expect(around(markdown).replace(/^<!--.*-->\n/, "")).not.toMatch(/[<>&`\\]/);
  for (const [, text = ""] of markdown.matchAll(/<code>(.*?)<\/code>/g)) {
    expect(text.replace(/&#\d+;/g, "")).not.toMatch(/[&<>`|*_[\]\\~$:@#!^{}]|www\./i);
  }
  expect(codes(markdown)).toContain(attacks[0]);
  // Every row has as many cells as the table has columns.
  const rows = markdown.split("\n").filter((line) => line.startsWith("| "));
  for (const row of rows) expect(row.split("|").length).toBe(7);
});

it("is never longer than a comment may be, says what it left out, and closes what it opened", () => {
  const many = Array.from({ length: 2000 }, (_, index) =>
    resource(`llama-${index}`, index % 2 === 0 ? "drifted" : "clean", {
      differences: [{ path: "deepinfra.gpu", class: "configuration", old: "`".repeat(500), new: "|".repeat(500) }],
    }),
  );
  for (const count of [10, 100, 500, 2000]) {
    const markdown = markdownFormat(reportOf(many.slice(0, count)), setting);

    expect(markdown.length).toBeLessThanOrEqual(longestMarkdown);
    expect(markdown.match(/<details>/g)?.length).toBe(markdown.match(/<\/details>/g)?.length);
    expect(/_(\d+) more lines were left out/.test(markdown)).toBe(count >= 100);
    expect(markdown).toMatch(/\n\d+ resources looked at in 12s, 2026-11-21 03:00 UTC\n$/);
  }
});

it("holds whatever stands in a report", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.jsonValue(), (text, value) => {
      const differences = [{ path: text, class: "configuration" as const, old: value, new: text }];
      const markdown = markdownFormat(reportOf([resource(text, "drifted", { reason: text, differences })]), setting);

      expect(around(markdown).match(/[<>&]/g)).toEqual(["<", ">"]); // The marker's.
    }),
  );
});
