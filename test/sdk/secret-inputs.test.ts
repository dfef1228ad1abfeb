import * as pulumi from "@pulumi/pulumi";
import { withSecrets } from "../../sdk/secret-inputs";

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs as Record<string, unknown> }),
    call: ({ inputs }) => inputs as Record<string, unknown>,
  }),
);

interface Args {
  acme?: unknown;
  other?: unknown;
}

function valueOf<Value>(output: pulumi.Input<Value>): Promise<pulumi.Unwrap<Value>> {
  return new Promise((resolve) => pulumi.output(output).apply((value) => resolve(value)));
}

const isSecret = (value: unknown): Promise<boolean> => pulumi.isSecret(value as pulumi.Output<unknown>);

test("a plain text becomes a secret of the same value, and what stands beside it stays plain", async () => {
  const { acme } = withSecrets<Args>({ acme: { hf: { token: "hf_1", repo: "r" }, gpu: "H100" } }, ["acme.hf.token"]);

  const { hf, gpu } = acme as { hf: { token: unknown; repo: unknown }; gpu: unknown };
  expect({ gpu, repo: hf.repo }).toEqual({ gpu: "H100", repo: "r" });
  expect(await isSecret(hf.token)).toBe(true);
  expect(await valueOf(hf.token)).toBe("hf_1");
});

test.each([
  ["the value", { hf: { token: pulumi.output("hf_1") } }],
  ["the value, secret already", { hf: { token: pulumi.secret("hf_1") } }],
  ["the object around it", { hf: pulumi.output({ token: "hf_1" }) }],
  ["a promise of the object around it", { hf: Promise.resolve({ token: "hf_1" }) }],
  ["the whole block", pulumi.output({ hf: { token: "hf_1" } })],
])("an output may stand for %s", async (_name, block) => {
  const marked = withSecrets<Args>({ acme: block }, ["acme.hf.token"]);

  const resolved = pulumi.output(marked.acme);
  expect(await valueOf(resolved)).toEqual({ hf: { token: "hf_1" } });
  expect(await isSecret(resolved)).toBe(true);
});

test("what is not there is not made", () => {
  const args: Args[] = [
    {},
    { acme: undefined },
    { acme: {} },
    { acme: { hf: undefined } },
    { acme: { hf: { repo: "r" } } },
  ];

  expect(args.map((given) => withSecrets(given, ["acme.hf.token"]))).toEqual(args);
});

test("the arguments of the caller are not changed", () => {
  const args = { acme: { hf: { token: "hf_1" } } };

  withSecrets(args, ["acme.hf.token"]);

  expect(args).toEqual({ acme: { hf: { token: "hf_1" } } });
});

test("several paths are marked, also at the top", async () => {
  const marked = withSecrets<Args>({ acme: { a: "1", b: "2" }, other: "3" }, ["acme.a", "acme.b", "other"]);

  const { a, b } = marked.acme as { a: unknown; b: unknown };
  expect(await Promise.all([a, b, marked.other].map(isSecret))).toEqual([true, true, true]);
});
