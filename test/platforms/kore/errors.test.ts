import { describeError } from "../../../provider/platforms/kore/api";
import { kore } from "../../../provider/platforms/kore";
import { openScriptedAccount } from "../../support/scripted-account";
import { apiKey, deploying, errors, failureOf, inputs, modelId, openAccount, openDialect } from "./account";

const dock = "/api/public/dock-status/ds-1";
const deployPath = `/api/public/models/${modelId}/deploy`;

describe("describeError", () => {
  it.each([
    ["a list of errors", errors.list, "Invalid SDK credentials; expired", "4002"],
    ["an error that is a text", errors.errorText, "Model not found", undefined],
    ["an error that is an object", errors.errorObject, "Model busy", "E1"],
    ["a message", errors.message, "not allowed", "17"],
    ["a msg", errors.msg, "Rate limit for this API has been reached. Please try again later", undefined],
    ["a page of a proxy", "<html><h1>502</h1>Bad Gateway</html>", "502 Bad Gateway", undefined],
    ["JSON of no known shape", { oops: 1 }, '{"oops":1}', undefined],
    ["a list of nothing", { errors: [] }, '{"errors":[]}', undefined],
    ["nothing", "", "", undefined],
  ])("reads %s", (_name, body, text, code) => {
    const described = describeError(500, typeof body === "string" ? body : JSON.stringify(body), "GET", dock);

    expect(described).toEqual(code === undefined ? { text } : { text, code });
  });

  it.each([400, 404, 409, 422])("hints at the first deployment when a deploy is refused with %d", (status) => {
    expect(describeError(status, "", "POST", deployPath).advice).toMatch(/has to be deployed once in Kore's console/);
  });

  it.each([401, 429, 500, 503])("does not, when it says %d", (status) => {
    expect(describeError(status, "", "POST", deployPath).advice).toBeUndefined();
  });

  it("does not, when something else is refused", () => {
    expect(describeError(400, "", "GET", dock).advice).toBeUndefined();
    expect(describeError(400, "", "POST", "/api/public/models/x/undeploy").advice).toBeUndefined();
  });

  it("names the scopes that a key needs", () => {
    expect(describeError(403, "", "POST", deployPath).advice).toMatch(/scopes Deploy Model and Undeploy Model/);
  });
});

it("tells where the key came from when it is refused, and never the key", async () => {
  const account = await openAccount({ status: 401, body: { msg: `no such key ${apiKey}` } });

  const { message } = await failureOf(account.connection.adapter.observe(deploying, inputs, account.call));

  expect(message).toContain("the stack's config inference:koreApiKey");
  expect(message).not.toContain(apiKey);
  await account.close();
});

it("refuses a dialect that nobody speaks, before anything is sent", async () => {
  await expect(openDialect("klingon")).rejects.toThrow(
    'koreDialect must be "ai-for-process" or "gale"; see the stack\'s config inference:koreDialect',
  );
});

it.each([
  ["koreHost", { koreApiKey: apiKey }, /no koreHost is set; set it with .*KORE_HOST/],
  ["koreApiKey", { koreHost: "gale.kore.ai" }, /no koreApiKey is set; set it with .*--secret .*KORE_API_KEY/],
])("asks for %s, before anything is sent", async (_name, config, message) => {
  await expect(openScriptedAccount(kore, () => config as Record<string, string>)).rejects.toThrow(message);
});
