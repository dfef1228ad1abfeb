import { describeError } from "../../../provider/platforms/deepinfra/api";
import { apiKey, errors, failureOf, inputs, openAccount, reference, token } from "./account";

describe("describeError", () => {
  it.each([
    ["the platform's own error", errors.deepError, "Model not found"],
    ["the error of the inference routes", errors.openAiStyle, "Model busy, retry later"],
    ["an error inside of a detail", errors.notAuthenticated, "Not authenticated"],
    ["a detail that is a text", errors.detailText, "Not Found"],
    [
      "a validation's list, without what it repeats of the input",
      errors.validation,
      "body.gpu: Input should be 'L4-24GB' or 'other'; body.num_gpus: Input should be less than or equal to 8",
    ],
    ["a page of a proxy", "<html><style>b{}</style><h1>502</h1>\n<p>Bad Gateway</p></html>", "502 Bad Gateway"],
    ["a text", "upstream  connect\nerror", "upstream connect error"],
    ["JSON of no known shape", { oops: 1 }, '{"oops":1}'],
    ["nothing", "", ""],
  ])("reads %s", (_name, body, text) => {
    const sent = typeof body === "string" ? body : JSON.stringify(body);

    expect(describeError(500, sent, "GET", "/deploy/list").text).toBe(text);
  });

  it("cuts a text to what fits a terminal", () => {
    expect(describeError(500, "x".repeat(5000), "GET", "/deploy/list").text).toHaveLength(400);
  });

  it("masks a Hugging Face token that nobody told it of", () => {
    const body = JSON.stringify({ error: `cannot pull with ${token}` });

    expect(describeError(422, body, "POST", "/deploy/llm").text).toBe("cannot pull with [secret]");
  });

  it.each([
    [402, { error: "payment required" }, /balance, the payment method/],
    [409, errors.displayName, /give the account a display name/],
    [409, { error: "name is taken" }, /choose another modelName, or adopt or remove/],
    [422, errors.prefix, /leave the part before the slash out of modelName/],
    [404, errors.deepError, /check baseModel/],
  ])("says on a create what to do about %d", (status, body, advice) => {
    const described = describeError(status, JSON.stringify(body), "POST", "/deploy/llm");

    expect(described.advice).toMatch(advice);
    expect(described.kind).toBeUndefined();
  });

  it.each([
    ["PUT", "/deploy/x"],
    ["DELETE", "/deploy/x"],
    ["POST", "/deploy/x/start"],
  ])("takes 409 on %s %s for busy, which passes", (method, path) => {
    expect(describeError(409, JSON.stringify({ error: "busy" }), method, path).kind).toBe("transient");
  });
});

describe("errors that a user sees", () => {
  it.each([
    [401, errors.notAuthenticated],
    [403, errors.notAuthenticated],
  ])("name the origin of the key on %d", async (status, body) => {
    const account = await openAccount({ status, body });

    const error = await failureOf(account.connection.adapter.observe(reference, inputs, account.call));

    expect(error.message).toContain(`GET /deploy/DpM4BkrjEspUwmTa answered ${status}: Not authenticated`);
    expect(error.message).toContain("the stack's config inference:deepinfraApiKey");
    await account.close();
  });

  it("are one sentence with what, where and what to do", async () => {
    const account = await openAccount({ body: [] }, { status: 409, body: errors.displayName });

    const error = await failureOf(account.connection.adapter.create(inputs, account.call));

    expect(error.message).toBe(
      "DeepInfra: POST /deploy/llm answered 409: missing display name; give the account a display name in DeepInfra's dashboard first",
    );
    expect(account.requests()).toEqual(["GET /deploy/list", "POST /deploy/llm"]);
    await account.close();
  });

  it("hold no secret, even when the platform echoes it", async () => {
    const echo = { error: `${"x".repeat(360)} Bearer ${apiKey} with ${token}` };
    const validation = { detail: [{ loc: ["body"], msg: `bad ${token}`, input: apiKey }] };
    const account = await openAccount({ body: [] }, { status: 422, body: echo }, { status: 400, body: validation });

    const create = await failureOf(account.connection.adapter.create(inputs, account.call));
    const observe = await failureOf(account.connection.adapter.observe(reference, inputs, account.call));

    for (const { message } of [create, observe]) {
      expect(message).not.toContain(apiKey.slice(0, 8));
      expect(message).not.toContain(token.slice(0, 8));
      expect(message).toContain("secret");
    }
    await account.close();
  });
});
