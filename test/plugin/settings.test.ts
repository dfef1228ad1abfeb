/** The settings of a provider, and the requests that need little more. */
import { account, configureAccount } from "../../plugin/account";
import { resourceOf } from "../../plugin/resources";
import { messages } from "../../plugin/protocol";
import { check } from "../../plugin/requests/check";
import { checkConfig } from "../../plugin/requests/check-config";
import { configure } from "../../plugin/requests/configure";
import { diffConfig } from "../../plugin/requests/diff-config";
import { getSchema } from "../../plugin/requests/get-schema";
import { fromWire, toWire } from "../../plugin/wire/properties";
import { deepinfra as deepinfraPlatform } from "../../provider/platforms/deepinfra";
import { unknownValue } from "../../provider/inputs/unknown";
import { startSimulator } from "../../simulator";
import type { Simulator } from "../../simulator";
import { deepinfra, live, model, type Properties, secretKey, settingsOf } from "./calls";

const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
  configureAccount(settingsOf(simulator), false);
});

afterAll(() => simulator.close());

describe("settings", () => {
  const own = "urn:pulumi:dev::shop::pulumi:providers:inference::eu";
  const byDefault = "urn:pulumi:dev::shop::pulumi:providers:inference::default_0_1_0";

  async function configChecked(urn: string, given: Properties): Promise<{ inputs: Properties; failures: string[] }> {
    const response = await checkConfig(new messages.CheckRequest().setUrn(urn).setNews(toWire(given)));
    const failures = response.getFailuresList();
    expect(failures.map((failure) => failure.getProperty())).toEqual(failures.map(() => ""));
    return { inputs: fromWire(response.getInputs()), failures: failures.map((failure) => failure.getReason()) };
  }

  test("that are secret are marked, and nothing is added from the environment", async () => {
    process.env["KORE_API_KEY"] = "key-from-the-environment";
    const { inputs, failures } = await configChecked(own, { deepinfraApiKey: "key-1", deepinfraUrl: "https://a.test" });
    delete process.env["KORE_API_KEY"];

    expect(failures).toEqual([]);
    expect(inputs).toEqual({
      deepinfraApiKey: { [secretKey]: expect.any(String) as string, value: "key-1" },
      deepinfraUrl: "https://a.test",
    });
  });

  test("that the engine marks as secret are used", () => {
    const args = toWire({ deepinfraApiKey: { [secretKey]: "1b47061264138c4ac30d75fd1eb44270", value: "key-2" } });
    configure(new messages.ConfigureRequest().setUrn(own).setArgs(args));
    const used = account().settings(deepinfraPlatform).get("deepinfraApiKey");
    configureAccount(settingsOf(simulator), false);

    expect(used).toBe("key-2");
  });

  test("that are wrong are refused without their values; one that is not known, or not known yet, is not", async () => {
    const wrong = await configChecked(own, { deepinfraApiKey: ["key-secret"], requestsPerSecond: "lots" });
    const fine = await configChecked(byDefault, { version: "0.1.0", other: "x", requestsPerSecond: unknownValue });

    expect(wrong.failures).toEqual([
      "deepinfraApiKey: must be a text",
      expect.stringMatching(/^requestsPerSecond must be .*explicit Provider/),
    ]);
    expect(JSON.stringify(wrong.failures)).not.toContain("key-secret");
    expect(fine.failures).toEqual([]);
  });

  test("that change replace nothing", () => {
    const of = (olds: Properties, news: Properties) =>
      diffConfig(new messages.DiffRequest().setOlds(toWire(olds)).setNews(toWire(news))).toObject();

    expect(of({ deepinfraApiKey: "a", version: "0.1.0" }, { deepinfraApiKey: "a", version: "0.2.0" }).changes).toBe(
      DIFF_NONE,
    );
    expect(of({ deepinfraApiKey: "a" }, { deepinfraApiKey: "b" })).toMatchObject({
      changes: DIFF_SOME,
      diffsList: ["deepinfraApiKey"],
      replacesList: [],
    });
  });

  test.each([
    [own, "the input requestsPerSecond of the resource's explicit Provider"],
    [byDefault, "the stack's config inference:requestsPerSecond"],
  ])("are told by where they come from: %s", async (urn, origin) => {
    const settings = { ...settingsOf(simulator), requestsPerSecond: -1 };
    configure(new messages.ConfigureRequest().setUrn(urn).setArgs(toWire(settings)));
    const response = await check(new messages.CheckRequest().setUrn(model).setNews(toWire({ deepinfra })));
    configureAccount(settingsOf(simulator), false);

    expect(response.getFailuresList().map((failure) => failure.getReason())).toEqual([expect.stringContaining(origin)]);
  });
});

test("a check gives the inputs back with secrets marked, and takes null for absent", async () => {
  const news = { deepinfra, adopt: null, waitForReady: true };
  const struct = toWire({ deepinfra, waitForReady: true });
  struct.getFieldsMap().set("adopt", toWire({ x: null }).getFieldsMap().get("x") as never);
  const response = await check(new messages.CheckRequest().setUrn(model).setNews(struct));

  expect(response.getFailuresList()).toEqual([]);
  expect(fromWire(response.getInputs())).toEqual({
    waitForReady: news.waitForReady,
    deepinfra: {
      ...deepinfra,
      hf: { repo: "acme/llama", token: { [secretKey]: expect.any(String) as string, value: "hf_1" } },
    },
  });
});

test("a type that the provider does not have is refused by its name", () => {
  expect(resourceOf(live).name).toBe("LiveDeployment");
  expect(() => resourceOf("urn:pulumi:dev::shop::inference:index:Other::x")).toThrow('"inference:index:Other"');
});

test("the schema bears the version of the package", () => {
  const { version } = jest.requireActual<{ version: string }>("../../package.json");

  expect(JSON.parse(getSchema().getSchema())).toMatchObject({ name: "inference", version });
});
