import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { findLeaks, readFolder } from "./support/leaks";

/** Each spelling changes some of it. */
const secret = `pa"ss+wö/rd?<1>&'\\`;

const encode = (text: string, encoding: BufferEncoding): string => Buffer.from(text).toString(encoding);

test.each([
  ["plain", `token=${secret};`],
  ["JSON", JSON.stringify({ token: secret })],
  ["JSON", String.raw`{"token":"pa\"ss+w\u00f6/rd?<1>&'\\"}`],
  ["JSON", String.raw`{"token":"pa\"ss+wö/rd?\u003c1\u003e\u0026'\\"}`],
  ["JSON in JSON", JSON.stringify({ body: JSON.stringify({ token: secret }) })],
  ["URL-encoded", `/path/${encodeURIComponent(secret)}/rest`],
  ["URL-encoded", "/path/pa%22ss%2bw%c3%b6%2frd%3f%3c1%3e%26'%5c/rest"],
  ["URL-encoded", `/path/${encodeURI(secret)}`],
  ["form", new URLSearchParams({ user: "a", token: secret, last: "z" }).toString()],
  ["HTML", "<p>pa&quot;ss+wö/rd?&lt;1&gt;&amp;&#39;\\</p>"],
  ["HTML", "<p>pa&#34;ss+wö/rd?&lt;1&gt;&amp;&#39;\\</p>"],
  ["HTML", `<p>pa"ss+wö/rd?&lt;1&gt;&amp;'\\</p>`],
  ["HTML", String.raw`<p>{&quot;token&quot;:&quot;pa\&quot;ss+wö/rd?&lt;1&gt;&amp;&#39;\\&quot;}</p>`],
  ["URL-encoded", encodeURIComponent(JSON.stringify({ token: secret }))],
  ["base64", encode(JSON.stringify({ token: secret }), "base64")],
  ["hex", encode(`x${secret}y`, "hex")],
  ["hex", encode(`x${secret}y`, "hex").toUpperCase()],
])("a secret is found in %s: %s", (spelling, content) => {
  const leaks = findLeaks({ password: secret }, { log: content });

  expect(leaks).toContainEqual(expect.objectContaining({ secret: "password", source: "log", spelling }));
});

describe.each(["base64", "base64url"] as const)("in %s", (encoding) => {
  test.each(["", "u", "us", "use", "user"])("a secret is found after %j, wherever it begins", (user) => {
    // Bytes that make the two alphabets differ at each alignment.
    const bytes = "~~~???>>>~~~";

    const leaks = findLeaks({ password: bytes }, { log: `Basic ${encode(`${user}${bytes}:rest`, encoding)}` });

    expect(leaks.map(({ spelling }) => spelling)).toEqual([encoding]);
  });
});

test("any secret is found in any spelling, whatever stands around it", () => {
  const text = fc.string({ unit: "grapheme", minLength: 8 });
  const spell = fc.constantFrom<(text: string) => string>(
    (plain) => plain,
    (plain) => JSON.stringify(plain),
    (plain) => JSON.stringify(JSON.stringify(plain)),
    (plain) => encodeURIComponent(plain),
    (plain) => new URLSearchParams([[plain, plain]]).toString(),
    (plain) => encode(plain, "base64"),
    (plain) => encode(plain, "base64url"),
    (plain) => encode(plain, "hex"),
  );

  fc.assert(
    fc.property(text, fc.string(), fc.string(), spell, (value, before, after, spelt) => {
      expect(findLeaks({ value }, { log: spelt(before + value + after) })).not.toEqual([]);
    }),
  );
});

test("each occurrence is reported, with its source and what stands around it", () => {
  const leaks = findLeaks(
    { one: "first-secret", two: "second-secret" },
    { stdout: "clean", stderr: Buffer.from("a first-secret, and a first-secret"), state: '{"token":"second-secret"}' },
  );

  expect(leaks).toEqual([
    { secret: "one", source: "stderr", spelling: "plain", excerpt: "a first-secret, and a first-secret" },
    { secret: "one", source: "stderr", spelling: "plain", excerpt: "a first-secret, and a first-secret" },
    { secret: "two", source: "state", spelling: "plain", excerpt: '{"token":"second-secret"}' },
  ]);
});

test("a secret is found among other bytes, and in the name of a file", () => {
  const noise = Buffer.from([0xff, 0xfe, 0, 0x80]);
  const leaks = findLeaks(
    { one: "first-secret" },
    { binary: Buffer.concat([noise, Buffer.from("first-secret"), noise]), "backups/first-secret.json": "" },
  );

  expect(leaks.map(({ source }) => source)).toEqual(["binary", "the name backups/first-secret.json"]);
});

test("what is no secret is no leak", () => {
  const sources = { log: "first-secre", state: encode("user:first-secre", "base64"), empty: "" };

  expect(findLeaks({ one: "first-secret" }, sources)).toEqual([]);
});

test("a secret that would be found by chance is refused", () => {
  expect(() => findLeaks({ pin: "1234567" }, {})).toThrow("pin is too short");
});

test("a folder is read with all that is below it, hidden files included, and links are not followed", () => {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-inference-"));
  try {
    mkdirSync(join(folder, ".hidden", "deep"), { recursive: true });
    writeFileSync(join(folder, ".hidden", "deep", "file.json"), "deep");
    writeFileSync(join(folder, "top.bin"), Buffer.from([0, 255]));
    symlinkSync(join(folder, ".hidden"), join(folder, "link"));

    expect(readFolder(folder)).toEqual({
      [join(".hidden", "deep", "file.json")]: Buffer.from("deep"),
      "top.bin": Buffer.from([0, 255]),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
