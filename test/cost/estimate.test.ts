/** What an hour costs, and what a limit refuses. */
import { estimate, limitWarning } from "../../provider/cost/estimate";
import { footprintText } from "../../provider/cost/footprint";
import { livePlatform, modelPlatforms } from "../../provider/platforms/registry";
import { unknownValue } from "../../provider/inputs/unknown";

const offers = [
  { gpu: "H100-80GB", numGpus: 1, usdPerHour: 2.2, available: true },
  { gpu: "H100-80GB", numGpus: 2, usdPerHour: 4.4, available: false },
  { gpu: "L4-24GB", numGpus: 1 },
];
const footprint = { minimumReplicas: 0, maximumReplicas: 3, gpu: "H100-80GB", gpusPerReplica: 2 };

describe("an hour", () => {
  it("costs the price of an instance, at the minimum and at the maximum of them", () => {
    expect(estimate(footprint, { offers })).toEqual({ usdPerHour: { minimum: 0, maximum: 13.2 }, available: false });
    expect(estimate({ ...footprint, minimumReplicas: 3, gpusPerReplica: 1 }, { offers })).toEqual({
      usdPerHour: { minimum: 6.6, maximum: 6.6 },
      available: true,
    });
  });

  it.each([
    [
      "no price is told",
      { ...footprint, gpu: "L4-24GB", gpusPerReplica: 1 },
      { offers },
      "no price is told of 1 × L4-24GB",
    ],
    ["nobody offers it", { ...footprint, gpusPerReplica: 8 }, { offers }, "no price is told of 8 × H100-80GB"],
    ["the platform tells none", footprint, { notPriced: "its API tells no prices" }, "its API tells no prices"],
    ["the GPU comes later", { minimumReplicas: 1, maximumReplicas: 1 }, { offers }, "its GPUs are not known yet"],
    [
      "the maximum comes later",
      { ...footprint, maximumReplicas: undefined },
      { offers },
      "its replicas are not known yet",
    ],
  ])("is unknown, aloud, where %s", (_what, given, market, unknown) => {
    const { maximumReplicas, ...others } = given;
    const known = maximumReplicas === undefined ? others : { ...others, maximumReplicas };
    expect(estimate(known, market)).toMatchObject({ unknown });
    expect(estimate(known, market)).not.toHaveProperty("usdPerHour");
  });

  it("costs nothing with no replicas, whatever is known of prices", () => {
    expect(estimate({ minimumReplicas: 0, maximumReplicas: 0 }, { notPriced: "" })).toEqual({
      usdPerHour: { minimum: 0, maximum: 0 },
    });
  });
});

describe("a limit of GPUs", () => {
  const warning = (gpus: number, limits?: Record<string, number>, documented?: number) =>
    limitWarning("DeepInfra", "H100-80GB", gpus, limits === undefined ? {} : { limits }, documented);

  it("is the account's own, and else the documented one", () => {
    expect(warning(5, { "H100-80GB": 4 }, 4)).toBe(
      "DeepInfra: up to 5 H100-80GB are asked for, and the account may have 4",
    );
    expect(warning(8, { "H100-80GB": 8 }, 4)).toBeUndefined();
    expect(warning(5, { "L4-24GB": 8 }, 4)).toMatch(/4 GPUs are documented as the limit/);
    expect(warning(4, undefined, 4)).toBeUndefined();
    expect(warning(99)).toBeUndefined();
  });
});

describe("what is taken of hardware", () => {
  const of = (platform: { load(): { rules: { footprint?: (inputs: never) => unknown } } }, inputs: object) =>
    platform.load().rules.footprint?.(inputs as never);
  const { deepinfra, kore, opensearch } = modelPlatforms;

  it("is read from the inputs, with the defaults that are documented", () => {
    expect(of(deepinfra, { gpu: "H100-80GB" })).toEqual({
      minimumReplicas: 1,
      maximumReplicas: 1,
      gpu: "H100-80GB",
      gpusPerReplica: 1,
    });
    const scaled = { gpu: "L4-24GB", numGpus: 2, settings: { minInstances: 0, maxInstances: 4 } };
    expect(of(deepinfra, scaled)).toMatchObject({ minimumReplicas: 0, maximumReplicas: 4, gpusPerReplica: 2 });
    expect(of(kore, { scalingParameters: { minReplicas: 1 } })).toEqual({ minimumReplicas: 1 });
    expect(of(kore, {})).toEqual({});
    expect(of(opensearch, { modelId: "x" })).toBeUndefined();
    const runtimeConfiguration = { minReplicas: 1, maxReplicas: 2, gpu: { count: 1, type: "T4" } };
    expect(of(livePlatform, { runtimeConfiguration })).toMatchObject({ gpu: "T4", maximumReplicas: 2 });
    expect(of(livePlatform, { runtimeConfiguration, enabled: false })).toEqual({
      minimumReplicas: 0,
      maximumReplicas: 0,
    });
  });

  it("leaves out what comes later", () => {
    expect(of(deepinfra, { gpu: unknownValue, settings: unknownValue })).toEqual({ gpusPerReplica: 1 });
    expect(of(deepinfra, { gpu: "x", settings: { maxInstances: unknownValue } })).toEqual({
      minimumReplicas: 1,
      gpu: "x",
      gpusPerReplica: 1,
    });
    expect(of(livePlatform, { runtimeConfiguration: unknownValue })).toEqual({});
    expect(of(kore, { scalingParameters: unknownValue })).toEqual({});
  });

  it.each([
    [footprint, "2 × H100-80GB, 0 to 3 replicas"],
    [{ ...footprint, minimumReplicas: 1, maximumReplicas: 1 }, "2 × H100-80GB, 1 replica"],
    [{ minimumReplicas: 2 }, "2 to ? replicas"],
    [{ gpusPerReplica: 1 }, "1 × any GPU"],
    [{}, undefined],
  ])("%j is shown as %s", (given, text) => expect(footprintText(given)).toBe(text));
});
