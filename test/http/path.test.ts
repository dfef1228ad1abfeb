import fc from "fast-check";
import { ProviderError } from "../../provider/errors";
import { path } from "../../provider/http/path";

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.constantFrom("", ".", "..", "../..", "%2e%2e", "a/../b", "?x=1", "#f", "\\..\\", "a;b", "//host", "\t..", "..\n"),
);

/** What a server sees, or undefined when the path is refused. */
function segmentsSeen(id: string): string[] | undefined {
  try {
    return new URL(`https://host.test${path`/deploy/${id}/start`}`).pathname.split("/");
  } catch (error) {
    if (error instanceof ProviderError) return undefined;
    throw error;
  }
}

test("an id never leaves its segment, and arrives as it was", () => {
  fc.assert(
    fc.property(anyText, (id) => {
      const seen = segmentsSeen(id);
      if (seen === undefined) return;

      expect(seen).toHaveLength(4);
      expect([seen[1], seen[3]]).toEqual(["deploy", "start"]);
      expect(decodeURIComponent(seen[2] ?? "")).toBe(id);
    }),
    { numRuns: 1_000 },
  );
});

test("an id never adds a query or a fragment", () => {
  fc.assert(
    fc.property(anyText, (id) => {
      if (segmentsSeen(id) === undefined) return;
      const url = new URL(`https://host.test${path`/deploy/${id}`}`);

      expect([url.host, url.search, url.hash]).toEqual(["host.test", "", ""]);
    }),
  );
});

test.each(["", ".", "..", "half a pair \ud800"])("%j is refused, since no segment can hold it", (id) => {
  expect(() => path`/deploy/${id}`).toThrow(ProviderError);
});

test("what is too long to be an id is refused in few words", () => {
  expect(path`/deploy/${"x".repeat(1_024)}`).toHaveLength(1_032);
  expect(() => path`/deploy/${"x".repeat(1_025)}`).toThrow(/^"x{80}…" cannot be part of a request's path/);
});

test("several ids each keep their place", () => {
  expect(path`/models/${"ri.a/b"}/versions/${"1.0 %"}`).toBe("/models/ri.a%2Fb/versions/1.0%20%25");
});

test("a path without an id is taken as it is", () => {
  expect(path`/deploy/list`).toBe("/deploy/list");
});
