import fc from "fast-check";
import { createRedactor, mask } from "../provider/redaction";
import { findLeaks } from "./support/leaks";

/** Any text, but for those that are part of the mask itself and so can't be kept from showing. */
const secret = fc
  .oneof(
    fc.string({ minLength: 4 }),
    fc.string({ minLength: 4, unit: "binary" }),
    fc.string({ minLength: 4, unit: "grapheme" }),
  )
  .filter((text) => !/[[\]]/.test(text) && !mask.includes(text));
const around = fc.string({ unit: "grapheme" });

const encodings: [name: string, encode: (text: string) => string][] = [
  ["as it is", (text) => text],
  ["percent-encoded", (text) => encodeURIComponent(Buffer.from(text).toString())],
  [
    "percent-encoded in lower case",
    (text) => encodeURIComponent(Buffer.from(text).toString()).replace(/%../g, (code) => code.toLowerCase()),
  ],
  ["in a form", (text) => new URLSearchParams({ secret: text }).toString().slice("secret=".length)],
  ["in JSON", (text) => JSON.stringify(text).slice(1, -1)],
  [
    "in ASCII JSON",
    (text) =>
      JSON.stringify(text)
        .slice(1, -1)
        .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  ],
  ["in Base64", (text) => Buffer.from(text).toString("base64")],
  ["in Base64 for URLs", (text) => Buffer.from(text).toString("base64url")],
];

test.each(encodings)("no secret survives %s, whatever stands around it", (_name, encode) => {
  fc.assert(
    fc.property(fc.array(secret, { minLength: 1, maxLength: 4 }), around, around, (secrets, before, after) => {
      const redactor = createRedactor(secrets);
      const [first = ""] = secrets;

      const shown = redactor.redact(before + encode(first) + after);

      // A mask that stands for another secret may happen to hold a form of this one.
      expect(shown.replaceAll(mask, " ")).not.toContain(encode(first));
    }),
  );
});

test("what the search for leaks finds, the redactor masks", () => {
  const encode = fc.constantFrom<(text: string) => string>(
    ...encodings.map(([, encoding]) => encoding),
    (text) => encodeURI(text),
    (text) => JSON.stringify(JSON.stringify(text)),
    (text) => JSON.stringify(text).replace(/[<>&]/g, (unit) => `\\u00${unit.charCodeAt(0).toString(16)}`),
    (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    (text) => Buffer.from(text).toString("hex"),
    (text) => Buffer.from(text).toString("hex").toUpperCase(),
    (text) => encodeURIComponent(JSON.stringify(text)),
    (text) => JSON.stringify(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&#34;"),
    (text) => Buffer.from(`u:${text}`).toString("base64url"),
    (text) => Buffer.from(JSON.stringify({ text })).toString("base64"),
    (text) => Buffer.from(`user:${text}`).toString("base64url"),
  );
  const long = fc.string({ unit: "grapheme", minLength: 8 }).filter((text) => !/[[\]]/.test(text));

  fc.assert(
    fc.property(long, encode, around, around, (value, spell, before, after) => {
      const shown = createRedactor([value]).redact(before + spell(value) + after);

      expect(findLeaks({ value }, { shown: shown.replaceAll(mask, "\u0000") })).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

describe("the value of a variable, as a platform repeats it", () => {
  const key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END KEY-----\n";

  test.each([
    ["trimmed", key.trim()],
    ["in one line", key.trim().replaceAll("\n", " ")],
    ["trimmed in JSON", JSON.stringify(key.trim())],
  ])("is masked %s", (_name, repeated) => {
    const redactor = createRedactor();
    redactor.addPossible(key);

    expect(redactor.redact(`bad value ${repeated}!`)).not.toContain("MIIEvQIB");
  });

  test("is masked also where its end was cut off, and other texts that were cut stay", () => {
    const redactor = createRedactor(["correct-horse-battery"]);

    expect(redactor.redact("with correct-horse-ba… (code); advice")).toBe("with [secret]… (code); advice");
    expect(redactor.redact("with corr…, and corr")).toBe("with [secret]…, and corr");
    expect(redactor.redact("with cor…, battery…")).toBe("with cor…, battery…");
  });
});

test("a password is masked inside of basic credentials, wherever it begins", () => {
  const password = "correct-horse";
  const redactor = createRedactor([password]);

  const shown = ["a", "ab", "abc"].map((user) =>
    redactor.redact(`Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`),
  );

  expect(shown.map((text) => text.includes(mask))).toEqual([true, true, true]);
  const rests = shown.map((text) => text.replace(mask, "").replace("Basic ", "").length);
  expect(Math.max(...rests)).toBeLessThanOrEqual(8);
});

test("texts without a secret stay as they are", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      fc.pre(!text.includes("hunter2"));

      expect(createRedactor(["hunter2"]).redact(text)).toBe(text);
    }),
  );
});

test("a secret that contains another one leaves no rest", () => {
  const redactor = createRedactor(["hunter", "hunter2-and-more"]);

  expect(redactor.redact("key hunter2-and-more, key hunter.")).toBe("key [secret], key [secret].");
});

test("a secret that is a word of the mask does not make it grow", () => {
  const redactor = createRedactor(["hunter22", "secret"]);

  expect(redactor.redact("hunter22")).toBe("[secret]");
});

test.each([["$&"], ["a.*b+c"], ["(abc"], ["[abc"], ["back\\slash"], ["a|b|c"]])("%s is taken literally", (text) => {
  const redactor = createRedactor([`${text}xx`]);

  expect(redactor.redact(`<${text}xx> <${text}x>`)).toBe(`<[secret]> <${text}x>`);
});

test("words of less than four characters are not masked", () => {
  const redactor = createRedactor(["key", ""]);
  redactor.add(undefined);

  expect(redactor.redact("the key")).toBe("the key");
});

test("secrets that are added later are masked from then on", () => {
  const redactor = createRedactor();
  const before = redactor.redact("hunter22");

  redactor.add("hunter22");

  expect([before, redactor.redact("hunter22")]).toEqual(["hunter22", "[secret]"]);
});

test("a value that may be a secret is masked in sentences, and never cut out of an endpoint", () => {
  const redactor = createRedactor(["api-key-1"]);
  redactor.addPossible("production");

  const sentence = redactor.redact("production failed with api-key-1");
  const value = redactor.redactValue("https://production.example.com/api-key-1");

  expect({ sentence, value }).toEqual({
    sentence: "[secret] failed with [secret]",
    value: "https://production.example.com/[secret]",
  });
});
