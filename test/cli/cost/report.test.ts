/** What a preview means for costs, and how it is told. */
import { readPreview } from "../../../cli/cost/preview";
import { reportOn } from "../../../cli/cost/report";
import type { CostReport } from "../../../cli/cost/report";
import { textReport } from "../../../cli/cost/text-report";
import type { Market } from "../../../provider/cost/market";
import { unknownValue } from "../../../provider/inputs/unknown";

const stack = "urn:pulumi:dev::shop";
const models = "pulumi-nodejs:dynamic/inference:ModelDeployment";
const byDefault = `${stack}::pulumi:providers:pulumi-nodejs::default`;

const llama = (maxInstances: unknown, more: object = {}) => ({
  deepinfra: {
    modelName: "llama",
    gpu: "H100-80GB",
    hf: { repo: "acme/llama", token: "[secret]" },
    settings: { minInstances: 1, maxInstances },
    ...more,
  },
});

const side = (inputs: object | undefined, type = models) =>
  inputs === undefined ? undefined : { type, inputs, provider: `${byDefault}::4ae08321` };

const step = (op: string, name: string, from?: object, to?: object, type = models) => ({
  op,
  urn: `${stack}::${type}::${name}`,
  oldState: side(from, type),
  newState: side(to, type),
});

const market: Market = {
  offers: [
    { gpu: "H100-80GB", numGpus: 1, usdPerHour: 2.2, available: true },
    { gpu: "B200-180GB", numGpus: 1, usdPerHour: 3.69, available: false },
  ],
};

function report(steps: object[], known: Market = market): CostReport {
  const planned = readPreview(JSON.stringify({ steps, changeSummary: {} }));
  const priced = planned.flatMap((one) => {
    const platform = (one.after ?? one.before)?.platform;
    const notPriced = platform?.load().notPriced;
    const told = notPriced === undefined ? known : { notPriced };
    return platform === undefined ? [] : [{ planned: one, platform, account: platform.id, market: told }];
  });
  return reportOn("dev", priced);
}

const totals = (steps: object[]) => report(steps).totals;
const cost = (minimum: number, maximum: number) => ({ minimum, maximum });

it("adds up what is there now, what comes, and what may run meanwhile", () => {
  expect(totals([step("create", "a", undefined, llama(3)), step("same", "b", llama(1), llama(1))])).toEqual({
    before: cost(2.2, 2.2),
    after: cost(4.4, 8.8),
    during: cost(4.4, 8.8),
  });
  expect(totals([step("update", "a", llama(3), llama(1))])).toEqual({
    before: cost(2.2, 6.6),
    after: cost(2.2, 2.2),
    during: cost(2.2, 6.6),
  });
  expect(totals([step("delete", "a", llama(1))])).toEqual({
    before: cost(2.2, 2.2),
    after: cost(0, 0),
    during: cost(2.2, 2.2),
  });
});

it("knows two at once, and those that follow one another since they have one name", () => {
  const b200 = { gpu: "B200-180GB" };
  const sameName = report([step("replace", "a", llama(1), llama(1, b200))]);
  expect(sameName.deployments).toMatchObject([{ operation: "replace", twoAtOnce: false }]);
  expect(sameName.totals.during).toEqual(cost(3.69, 3.69));
  const other = report([step("replace", "a", llama(1), llama(1, { ...b200, modelName: "next" }))]);
  expect(other.deployments).toMatchObject([{ twoAtOnce: true }]);
  expect(other.totals.during).toEqual(cost(5.89, 5.89));
  expect(textReport(other)).toContain("2.20 → 3.69; the old and the new one at once, until the new one is ready");
});

it("warns of GPUs that are not there, of the account's limit, and of what stays behind", () => {
  const steps = [
    step("create", "a", undefined, llama(3, { gpu: "B200-180GB" })),
    step("same", "b", llama(2, { gpu: "B200-180GB" }), llama(2, { gpu: "B200-180GB" })),
    step("delete", "c", { opensearch: { modelId: "x" } }),
  ];
  expect(report(steps).warnings).toEqual([
    expect.stringMatching(
      /^a: DeepInfra says that it has no such GPUs now \(1 × B200-180GB, 1 to 3 replicas\)/,
    ) as string,
    expect.stringMatching(/^DeepInfra: up to 5 B200-180GB .* 4 GPUs are documented/) as string,
    expect.stringMatching(/^c, when it is removed: OpenSearch keeps the registered model/) as string,
  ]);
  const own = { ...market, limits: { "B200-180GB": 5 } };
  expect(report(steps, own).warnings.filter((warning) => warning.includes("up to"))).toEqual([]);
  expect(report([steps[1] as object]).warnings).toEqual([]);
});

it("counts what is removed only in the end among what the account has at once", () => {
  const steps = [step("create", "a", undefined, llama(3)), step("delete", "b", llama(2))];

  expect(report(steps).warnings[0]).toContain("up to 5 H100-80GB");
});

it("says aloud what is unknown, and never takes it for nothing", () => {
  const live = "pulumi-nodejs:dynamic/inference:LiveDeployment";
  const foundry = { modelRid: "ri", branch: "main", runtimeConfiguration: { minReplicas: 1, maxReplicas: 2 } };
  const found = report([
    step("create", "later", undefined, llama(unknownValue)),
    step("create", "scorer", undefined, foundry, live),
    step("create", "llama", undefined, llama(1)),
  ]);

  expect(found.unknown).toBe(2);
  expect(textReport(found))
    .toBe(`US dollars for an hour, at the minimum and at the maximum of replicas, in the stack dev:

  create  later   DeepInfra         1 × H100-80GB, 1 to ? replicas  unknown: its replicas are not known yet
  create  scorer  Palantir Foundry  1 to 2 replicas                 unknown: its API tells no prices; it bills the compute of replicas that start or run
  create  llama   DeepInfra         1 × H100-80GB, 1 replica        2.20

After the update: 2.20, and what is unknown of 2 of 3. Now: 0.00. During the update: up to 2.20.
`);
});

it("says what a limit will refuse, of what is asked for", () => {
  const limited = (maxInstances: unknown) => ({ ...llama(maxInstances), maxUsdPerHour: 5 });
  const refused = (op: string, from: object | undefined, to: object) =>
    report([step(op, "a", from, to)]).deployments.map(({ isRefused }) => isRefused);

  expect(refused("create", undefined, limited(3))).toEqual([true]);
  expect(refused("create", undefined, limited(2))).toEqual([false]);
  expect(refused("create", undefined, limited(unknownValue))).toEqual([false]);
  expect(refused("update", llama(2), limited(3))).toEqual([true]);
  expect(refused("update", llama(4), limited(3))).toEqual([false]);
  expect(refused("same", limited(3), limited(3))).toEqual([false]);
  expect(textReport(report([step("create", "a", undefined, limited(3))]))).toContain("refused: maxUsdPerHour is 5");
});

it("reads deployments alone, and not those that the stack only looks at", () => {
  const bucket = step("create", "bucket", undefined, {}, "aws:s3/bucket:Bucket");
  const found = report([
    bucket,
    step("read", "looked", undefined, llama(1)),
    step("create", "un\u001b[31m", undefined, llama(1)),
  ]);

  expect(found.deployments.map(({ name }) => name)).toEqual(["un\u001b[31m"]);
  expect(textReport(found)).not.toContain("\u001b");
  expect(textReport(report([bucket]))).toBe("The stack dev has no deployments, and will have none.\n");
  expect(() => readPreview("Previewing update")).toThrow("is not understood");
});
