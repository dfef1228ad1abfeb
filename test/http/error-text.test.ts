import fc from "fast-check";
import { firstText, jsonOf, memberOf, shorten } from "../../provider/http/error-text";

it("makes one short line of anything", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000 }), (text) => {
      const line = shorten(text);
      expect(line.length).toBeLessThanOrEqual(400);
      expect(line).not.toMatch(/[\n\r\t]/);
    }),
  );
});

it("leaves the tags of a page out, and a text with angle brackets as it is", () => {
  expect(shorten("<html><head><style>p { color: red }</style></head><p>Bad\nGateway</p></html>")).toBe("Bad Gateway");
  expect(shorten("expected <string>")).toBe("expected <string>");
});

it.each(["<", "<style", "<script>", "<!", "< ", "\n"])("is done at once with a long text of %j", (piece) => {
  const text = `<${piece.repeat(2_000_000)}`;
  const started = performance.now();

  expect(shorten(text).length).toBeLessThanOrEqual(400);
  // Against time that grows with the square of the length, which would be minutes.
  expect(performance.now() - started).toBeLessThan(30_000);
});

it("finds members and texts in whatever there is", () => {
  fc.assert(
    fc.property(fc.anything(), fc.string(), (value, key) => {
      expect(() => memberOf(value, key)).not.toThrow();
      const text = firstText(value, 1, null, " ", "x");
      expect(text === "x" || text === value).toBe(true);
    }),
  );
  expect(jsonOf("{")).toBeUndefined();
  expect(memberOf(jsonOf('{"a":null}'), "a")).toBeNull();
});
