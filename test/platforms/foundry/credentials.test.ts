import { resolveSettings, type SettingSources } from "../../../provider/connection/settings";
import { foundry } from "../../../provider/platforms/foundry";
import { chooseCredentials } from "../../../provider/platforms/foundry/credentials";
import { createTokenSource } from "../../../provider/platforms/foundry/token-source";
import { openScriptedAccount, type ScriptedAccount } from "../../support/scripted-account";
import type { ScriptedAnswer } from "../../support/scripted-server";
import { deployment, one, rid } from "./fixtures/documented";

const implementation = foundry.load();

function settingsOf(config: Record<string, string>, environment: Record<string, string> = {}, explicit = false) {
  const sources: SettingSources = { config: (key) => config[key], explicit, environment };
  return resolveSettings(foundry.title, foundry.settings, sources);
}

describe("the choice", () => {
  const client = { foundryClientId: "id", foundryClientSecret: "client-secret" };
  const shell = { FOUNDRY_TOKEN: "personal" };

  it.each([
    ["a token alone", { foundryToken: "t" }, {}, "token"],
    ["a client alone", client, {}, "client"],
    ["both in the config: the token", { foundryToken: "t", ...client }, {}, "token"],
    ["a client of the stack before a token of the shell", client, shell, "client"],
    [
      "a token of the stack before a client of the shell",
      { foundryToken: "t" },
      { FOUNDRY_CLIENT_ID: "i", FOUNDRY_CLIENT_SECRET: "s" },
      "token",
    ],
    [
      "a client of the stack whose secret is in the shell",
      { foundryClientId: "id" },
      { ...shell, FOUNDRY_CLIENT_SECRET: "s" },
      "client",
    ],
    ["both in the shell: the token", {}, { ...shell, FOUNDRY_CLIENT_ID: "i", FOUNDRY_CLIENT_SECRET: "s" }, "token"],
    ["a token of the shell, beside half a client there", {}, { ...shell, FOUNDRY_CLIENT_ID: "i" }, "token"],
  ])("is %s", (_name, config, environment, kind) => {
    const settings = settingsOf(config, environment);

    expect(chooseCredentials(settings).kind).toBe(kind);
    expect(implementation.canRefreshCredentials(settings)).toBe(kind === "client");
  });

  it("names all ways when there are no credentials", () => {
    expect(() => implementation.requireCredentials(settingsOf({}))).toThrow(
      /inference:foundryToken.*FOUNDRY_TOKEN.*inference:foundryClientId.*FOUNDRY_CLIENT_ID.*inference:foundryClientSecret.*FOUNDRY_CLIENT_SECRET/,
    );
  });

  it("does not use the shell's token in the place of a client that is half configured", () => {
    expect(() => implementation.requireCredentials(settingsOf({ foundryClientId: "id" }, shell))).toThrow(
      /foundryClientId is set \(by the stack's config inference:foundryClientId\) and foundryClientSecret is not; set it/,
    );
  });

  it("needs the address", () => {
    expect(() => implementation.baseUrl(settingsOf({}))).toThrow(/no foundryHostname is set.*FOUNDRY_HOSTNAME/);
    expect(implementation.baseUrl(settingsOf({ foundryHostname: "acme.palantirfoundry.com/" }))).toBe(
      "https://acme.palantirfoundry.com",
    );
  });
});

describe("a client", () => {
  let account: ScriptedAccount;

  const tokenPath = "POST /multipass/api/oauth2/token";
  const get = `GET ${one}?preview=true`;
  const active = deployment("ACTIVE", true);
  const tokenOf = (access_token: string, expires_in?: number): ScriptedAnswer => ({
    body: { access_token, token_type: "bearer", expires_in },
  });

  async function open(...answers: ScriptedAnswer[]) {
    const settings = { foundryClientId: "client:id", foundryClientSecret: "client-secret" };
    account = await openScriptedAccount(foundry, (url) => ({ foundryHostname: url, ...settings }), ...answers);
  }

  const observe = () => account.connection.adapter.observe({ deploymentId: rid, details: {} }, undefined, account.call);

  afterEach(() => account.close());

  it("fetches a token once, and keeps it", async () => {
    await open(tokenOf("first-token", 3600), active, active);
    await observe();
    await observe();

    expect(account.requests()).toEqual([tokenPath, get, get]);
    const [request, ...gets] = account.server.received;
    expect(request?.body).toBe("grant_type=client_credentials&scope=api%3Amodels-read+api%3Amodels-write");
    expect(request?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from("client%3Aid:client-secret").toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(gets.map(({ headers }) => headers.authorization)).toEqual(["Bearer first-token", "Bearer first-token"]);
  });

  it("shares one token request among requests that come together", async () => {
    await open(tokenOf("shared-token", 3600), active, active, active);
    await Promise.all([observe(), observe(), observe()]);

    expect(account.requests()).toEqual([tokenPath, get, get, get]);
  });

  it("fetches a new one after a 401", async () => {
    await open(tokenOf("old-token", 3600), { status: 401 }, tokenOf("new-token", 3600), active);
    await observe();

    expect(account.requests()).toEqual([tokenPath, get, tokenPath, get]);
    expect(account.server.received[3]?.headers.authorization).toBe("Bearer new-token");
  });

  it("gives up when the new one is refused, too, and never shows it", async () => {
    const echo = (token: string) => ({
      status: 401,
      body: { errorName: "Default:Unauthorized", message: `bad ${token}` },
    });
    await open(tokenOf("old-token", 3600), echo("old-token"), tokenOf("new-token", 3600), echo("new-token"));

    await expect(observe()).rejects.toThrow(/answered 401: bad \[secret\] \(Default:Unauthorized\)/);
  });

  it("says that the client is refused, and where it came from, and asks once", async () => {
    await open({ status: 401, body: { error: "invalid_client" } });

    await expect(observe()).rejects.toThrow(
      /POST \/multipass\/api\/oauth2\/token answered 401.*invalid_client.*check foundryHostname, foundryClientId and foundryClientSecret; the credentials came from the stack's config inference:foundryClientId/,
    );
  });

  it.each([
    ["503", { status: 503 }],
    ["a lost answer", { drop: "before-answer" }],
    ["a page instead of a token", { body: "<html>sign in</html>" }],
  ] as const)("tries again after %s", async (_what, answer) => {
    await open(answer, tokenOf("late-token", 3600), active);

    await expect(observe()).resolves.toMatchObject({ phase: "ready" });
  });

  it("does not take a missing token for a request that may have been carried out", async () => {
    const broken = { status: 200, body: { access_token: 12, hint: "half-a-token" } };
    await open(broken, broken, broken);
    const attempt = observe();

    await expect(attempt).rejects.toMatchObject({ name: "ConnectionError", sent: false });
    await expect(attempt).rejects.toThrow(/no access token: the token endpoint answered with something else/);
    await expect(attempt).rejects.not.toThrow(/half-a-token/);
  });
});

describe("a kept token", () => {
  const fetched: string[] = [];
  let nowMs = 0;

  function source(lifetimeSeconds: number) {
    return createTokenSource(() => {
      fetched.push(`token ${fetched.length + 1}`);
      return Promise.resolve({ value: fetched.at(-1) ?? "", lifetimeSeconds });
    });
  }

  beforeEach(() => {
    fetched.length = 0;
    nowMs = 0;
    jest.spyOn(Date, "now").mockImplementation(() => nowMs);
  });
  afterEach(() => void jest.restoreAllMocks());

  it.each([
    [3600, 3539, 3541],
    [100, 89, 91],
  ])("of %i s is used for %i s, and renewed after %i s", async (lifetime, usedSeconds, renewedSeconds) => {
    const current = source(lifetime);
    await current(false);
    nowMs = usedSeconds * 1000;
    expect(await current(false)).toBe("token 1");
    nowMs = renewedSeconds * 1000;
    expect(await current(false)).toBe("token 2");
  });

  it("is given up when it was refused", async () => {
    const current = source(3600);
    await current(false);

    expect(await Promise.all([current(true), current(true), current(false)])).toEqual([
      "token 2",
      "token 2",
      "token 2",
    ]);
    expect(fetched).toHaveLength(2);
  });

  it("is fetched anew after a failure", async () => {
    let calls = 0;
    const current = createTokenSource(() => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error("down")) : Promise.resolve({ value: "t", lifetimeSeconds: 60 });
    });

    await expect(current(false)).rejects.toThrow("down");
    await expect(current(false)).resolves.toBe("t");
  });
});
