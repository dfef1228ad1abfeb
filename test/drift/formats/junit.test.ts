import fc from "fast-check";
import { junitFormat } from "../../../drift/formats/junit";
import { clean, failed, hostile, mixed, reportOf, resource } from "../reports";
import { expectGolden } from "./golden";
import { type Element, parseXml } from "./xml";

const setting = { projectFile: "Pulumi.yaml", colours: false };

/** What the schemas of Jenkins, GitLab and Surefire have in common: names, and what must and may stand where. */
const shape: Record<string, { required: string[]; optional: string[]; children: string[] }> = {
  testsuites: { required: ["name", "tests", "failures", "errors"], optional: ["time"], children: ["testsuite"] },
  testsuite: {
    required: ["name", "tests", "failures", "errors"],
    optional: ["time", "timestamp", "skipped"],
    children: ["testcase"],
  },
  testcase: { required: ["name", "classname"], optional: ["time"], children: ["failure", "error", "system-out"] },
  failure: { required: ["message", "type"], optional: [], children: [] },
  error: { required: ["message", "type"], optional: [], children: [] },
  "system-out": { required: [], optional: [], children: [] },
};

function check(element: Element): void {
  const { required, optional, children } = shape[element.name] ?? { required: [], optional: [], children: [] };
  const names = element.children.map(({ name }) => name);
  expect(Object.keys(shape)).toContain(element.name);
  expect(Object.keys(element.attributes)).toEqual(expect.arrayContaining(required));
  expect([...required, ...optional]).toEqual(expect.arrayContaining(Object.keys(element.attributes)));
  expect(children).toEqual(expect.arrayContaining(names));
  // In the order of the schema, and in a test case no two outcomes.
  const ranks = names.map((name) => children.indexOf(name));
  expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
  if (element.name === "testcase") expect(names.filter((name) => name !== "system-out").length).toBeLessThan(2);
  element.children.forEach(check);
}

function suiteOf(source: string): Element {
  const root = parseXml(source);
  check(root);
  return root.children[0] as Element;
}

const cases = (suite: Element, outcome: string): string[] =>
  suite.children
    .filter(({ children }) => children.some(({ name }) => name === outcome))
    .map(({ attributes }) => attributes["name"] ?? "");

it("has a test case for each resource", () => {
  const source = junitFormat(mixed, setting);
  const suite = suiteOf(source);

  expect(suite.attributes).toMatchObject({
    name: "acme/chat/dev",
    tests: "7",
    failures: "3",
    errors: "1",
    time: "12.400",
  });
  expect(suite.attributes["timestamp"]).toBe("2026-11-21T03:00:00");
  expect(cases(suite, "failure")).toEqual(["llama", "gone", "live"]);
  expect(cases(suite, "error")).toEqual(["assistant"]);
  expect(cases(suite, "system-out")).toEqual(["llama", "floats"]);
  expectGolden("junit.xml", source);
});

it("passes when all is clean, and has an error for what concerns no resource", () => {
  expect(suiteOf(junitFormat(clean, setting)).attributes).toMatchObject({ tests: "1", failures: "0", errors: "0" });
  const suite = suiteOf(junitFormat(failed, setting));
  expect(suite.attributes).toMatchObject({ tests: "2", errors: "1" });
  expect(cases(suite, "error")).toEqual(["the detection itself"]);
});

it("tells two resources of one name apart", () => {
  const twins = reportOf([resource("llama", "clean"), resource("llama", "clean", { urn: "urn:other::llama" })]);
  const names = suiteOf(junitFormat(twins, setting)).children.map(({ attributes }) => attributes["name"]);

  expect(new Set(names).size).toBe(2);
});

it("is XML, whatever a platform answers", () => {
  const suite = suiteOf(junitFormat(hostile, setting));

  expect(suite.children).toHaveLength(hostile.resources.length + 1);
  expect(suite.children.map(({ attributes }) => attributes["name"])).toContain("h0 </code><script>alert(1)</script>");
});

it("is XML, whatever stands in a report", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.jsonValue(), (text, value) => {
      const differences = [{ path: text, class: "configuration" as const, old: value, new: text }];
      const ignored = differences.map((difference) => ({ ...difference, by: "config" as const }));
      const drifted = resource(text, "drifted", { id: text, reason: text, differences, ignored });

      expect(suiteOf(junitFormat(reportOf([drifted]), setting)).children).toHaveLength(1);
    }),
  );
});
