import * as pulumi from "@pulumi/pulumi";
import { ModelDeployment, Readiness } from "../../sdk";

const args = { deepinfra: { modelName: "llama", gpu: "H100-80GB" as const, hf: { repo: "acme/llama" } } };

beforeAll(() =>
  pulumi.runtime.setMocks({ call: () => ({}), newResource: ({ inputs }) => ({ id: "made", state: inputs as object }) }),
);

/** How many errors note a stack of more than a line meanwhile. */
function stacksDuring(run: () => void): number {
  const { prepareStackTrace } = Error;
  let count = 0;
  Error.prepareStackTrace = (error, frames) => {
    if (frames.length > 0) count += 1;
    return [
      String(error),
      ...frames.map((frame) => `    at ${frame.getFileName() ?? ""}:${String(frame.getLineNumber())}:1`),
    ].join("\n");
  };
  try {
    run();
    return count;
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

test("a resource notes the position in the program, and few stacks beside", () => {
  const ofEmpty = stacksDuring(() => void new pulumi.ComponentResource("test:index:Empty", "empty"));

  expect(ofEmpty).toBeGreaterThan(3);
  expect(stacksDuring(() => void new ModelDeployment("llama", args))).toBeLessThanOrEqual(ofEmpty);
});

test("stacks are noted again afterwards, also when a constructor failed", () => {
  const { stackTraceLimit } = Error;
  new ModelDeployment("llama", args);
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);

  expect(() => new ModelDeployment("", args)).toThrow();
  expect(() => new Readiness("all", { deployments: [{} as ModelDeployment] })).toThrow("must be a ModelDeployment");
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
});

test("an error tells where in the program it happened", () => {
  const thrown = ((): unknown => {
    try {
      return new Readiness("all", { deployments: [{} as ModelDeployment] });
    } catch (error) {
      return error;
    }
  })();

  expect((thrown as Error).stack).toContain("withheld-stacks.test.ts");
});
