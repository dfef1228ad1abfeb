import { createConnections } from "../../provider/connection/connection";
import { ConfigurationError } from "../../provider/errors";
import { check } from "../../provider/lifecycle/check";
import { requestsPerSecond } from "../../provider/connection/request-rate";
import { modelPlatforms } from "../../provider/platforms/registry";
import { createFakeCall } from "../support/fake-call";

function settingsWith(config: Record<string, string>, environment: Record<string, string> = {}) {
  const sources = { config: (key: string) => config[key], explicit: false, environment };
  return createConnections(sources).settings(modelPlatforms.deepinfra);
}

test.each([
  ["50 unless somebody says otherwise", {}, {}, 50],
  ["the stack's config", { requestsPerSecond: "10" }, { PULUMI_INFERENCE_REQUESTS_PER_SECOND: "20" }, 10],
  ["the environment", {}, { PULUMI_INFERENCE_REQUESTS_PER_SECOND: "0.5" }, 0.5],
])("it comes from %s", (_name, config, environment, rate) => {
  expect(requestsPerSecond(settingsWith(config, environment))).toBe(rate);
});

test("a platform may have its own", () => {
  expect(requestsPerSecond(settingsWith({}), 100)).toBe(100);
  expect(requestsPerSecond(settingsWith({ requestsPerSecond: "10" }), 100)).toBe(10);
});

test.each(["0", "-1", "many", "NaN", "Infinity", "1e400"])("%s is refused, with where it came from", (value) => {
  expect(() => requestsPerSecond(settingsWith({ requestsPerSecond: value }))).toThrow(ConfigurationError);
  expect(() => requestsPerSecond(settingsWith({ requestsPerSecond: value }))).toThrow(
    "requestsPerSecond must be a number above 0, such as 10 or 0.5; see the stack's config inference:requestsPerSecond",
  );
});

test("a preview refuses it, before any request", () => {
  const call = createFakeCall({ config: { acmeApiKey: "key", requestsPerSecond: "fast" } });
  const { failures } = check(call.kind, { acme: { name: "n", weights: "m" } }, call.connections, true);

  expect(failures).toEqual([expect.stringContaining("requestsPerSecond must be a number above 0")]);
});
