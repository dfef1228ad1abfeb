/**
 * Plants a distinct value for every credential and every secret input, takes one stack with deployments on all
 * platforms through its life and through failures that echo those values, and looks for them in every byte that
 * was written or printed meanwhile.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type RecordedRequest, type Simulator, startSimulator } from "../../simulator";
import { createStack, type OperationResult, type Stack } from "../support/engine";
import { findLeaks, readFolder } from "../support/leaks";
import { strike } from "../support/strike";
import { until } from "../support/until";
import { deploymentsOf, forEver } from "./llamas";

/**
 * Each with what its way to the platform allows: a header holds less than JSON does. Some come from the stack's
 * config, whose secrets the engine masks in its own log, and some from the environment, where nobody helps.
 */
const planted = {
  deepinfraApiKey: "deepinfra/planted+key=<1>&2",
  koreApiKey: "kore~planted~key~<3>&'4'",
  opensearchPassword: `opensearch "pl\u00e4nted" <5>&6\\`,
  foundryClientSecret: "foundry.client_secret~planted",
  foundryToken: "foundry/token+planted==",
  wrongKey: "wrong-key-planted?9",
  hfToken: `hugging "f\u00e4ce" planted/+\\`,
  plainHfToken: "plainly-hugging-planted<11>&",
  variable: `variable {"pl\u00e4nted": '12'} & more`,
};

/** Of a secret that is cut in a text, its beginning must not stay either. */
const beginnings = Object.entries(planted).map(([name, value]) => [
  `beginning of ${name}`,
  value.slice(0, Math.ceil(value.length / 2)),
]);

const program = `const pulumi = require("@pulumi/pulumi");
const inference = require("pulumi-inference");
const config = new pulumi.Config();
const { phase, plainHfToken, variable } = process.env;
const changed = phase === "changed" || phase === "interrupted";

const llama = (name, deepinfra, options) => new inference.ModelDeployment(name, { deepinfra: {
  modelName: name, gpu: changed && name === "replaced" ? "A100-80GB" : "H100-80GB",
  settings: { minInstances: 1, maxInstances: changed ? 3 : 2 }, ...deepinfra,
} }, options);
const live = (name, options) => new inference.LiveDeployment(name, {
  modelRid: "ri.models.main.model." + name, branch: "master",
  runtimeConfiguration: {
    minReplicas: 1, maxReplicas: changed ? 3 : 2,
    environmentVariables: { CREDENTIALS: pulumi.secret(variable), CHANGED: String(changed) },
  },
}, options);

const hf = { repo: "acme/llama", token: config.requireSecret("hfToken") };
exports.llama = llama("llama", { hf }).details;
// The program does not mark this one: the package does.
llama("replaced", { hf: { repo: "acme/replaced", token: plainHfToken } });
llama("invalid", { hf });
const assistant = new inference.ModelDeployment("assistant", { kore: {
  modelId: "cm-assistant", modelType: "openSource", name: "Assistant", deviceType: "g5.xlarge",
  hyperParameters: { temperature: changed ? 0.5 : 1, maxTokens: 512, topP: 1, topK: 50 },
} });
const search = new inference.ModelDeployment("search", { opensearch: {
  modelId: "SimulatedRemoteModel", ...(changed ? { nodeIds: ["SimulatedNode000000001"] } : {}),
} });
const client = live("client");
const byToken = new inference.Provider("byToken", { foundryToken: config.requireSecret("foundryToken") });
const token = live("token", { provider: byToken });
exports.all = [assistant, search, client, token].map(({ details, reason, endpoint }) => ({ details, reason, endpoint }));
if (phase === "failing") {
  llama("wrong", { hf }, { provider: new inference.Provider("wrong", { deepinfraApiKey: config.requireSecret("wrongKey") }) });
}
if (phase === "interrupted") llama("interrupted", { hf });
`;

const loud = { parameters: ["-v=9", "--logtostderr", "--logflow"] };

let simulator: Simulator;
let stack: Stack;
/** All that was printed, by what printed it. */
const printed: Record<string, string> = {};

function note(name: string, result: OperationResult): OperationResult {
  printed[`stdout of ${name}`] = result.stdout;
  printed[`stderr of ${name}`] = result.stderr;
  return result;
}

/** All that a request tells, as a platform that logs too much, or a proxy on the way, may repeat it. */
function toldBy({ platform, path, rawHeaders, rawBody }: RecordedRequest): string {
  const credential = (rawHeaders["authorization"] ?? rawHeaders["x-api-key"] ?? "").replace(/^\w+ /, "");
  const isReplaced =
    rawBody.includes("replaced") || deploymentsOf(simulator, "replaced").some(({ id }) => path.includes(id));
  const own: Record<string, string[]> = {
    deepinfra: [isReplaced ? planted.plainHfToken : planted.hfToken],
    opensearch: [planted.opensearchPassword],
    foundry: [planted.variable, planted.foundryClientSecret],
  };
  return [credential, ...(own[platform] ?? []), rawBody].join(" and ");
}

const shown = {
  spelt: (text: string) => encodeURIComponent(text),
  html: (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
};

/** The answer of a request that goes wrong, with what it told in the body and in the head. */
function echoed(request: RecordedRequest, status: number, body: (told: string) => unknown) {
  const told = toldBy(request);
  const spelt = shown.spelt(told);
  const headers = {
    "x-echo": spelt,
    "www-authenticate": `Bearer ${spelt}`,
    location: `https://sso.test/${spelt}?in=${spelt}`,
  };
  return { kind: "status" as const, status, body: body(told), headers };
}
/** Beginning so that the limit of an error's text falls into what is repeated. */
const long = (told: string) => `${"x".repeat(385 - "body.hf.token: ".length)} ${told}`;
const page = (told: string) =>
  `<html><title>${shown.html(told)}</title><p>${Buffer.from(`user:${told}`).toString("base64")}</p></html>`;
const validation = (told: string) => ({ detail: [{ loc: ["body", "hf", "token"], msg: long(told), input: told }] });
const refusal = (told: string) => ({ detail: `Not authenticated: ${told}` });
const koreError = (told: string) => ({ errors: [{ msg: told, code: told }] });
const foundryError = (told: string) => ({
  errorCode: "INVALID_ARGUMENT",
  errorName: "ReservedEnvironmentVariable",
  errorInstanceId: told,
  parameters: { name: told, variables: { CREDENTIALS: planted.variable } },
});

/** The first up: a different thing goes wrong for each. */
function whileMaking(request: RecordedRequest) {
  const { method, path, query, rawBody, rawHeaders } = request;
  if (rawHeaders["authorization"] === `Bearer ${planted.wrongKey}`) return echoed(request, 403, refusal);
  if (path.endsWith("/liveDeployments") && query["modelRid"]?.endsWith(".token")) return echoed(request, 200, page);
  if (method !== "POST") return undefined;
  if (path === "/deploy/llm" && rawBody.includes("invalid")) return echoed(request, 422, validation);
  if (path.endsWith("/cm-assistant/deploy")) return echoed(request, 401, koreError);
  if (path.endsWith("/_deploy")) return echoed(request, 500, page);
  return path.endsWith("/liveDeployments") ? echoed(request, 302, page) : undefined;
}

function whileChanging(request: RecordedRequest) {
  const { method, path } = request;
  if (method === "PUT" && path.includes("/liveDeployments/")) return echoed(request, 400, foundryError);
  return method === "PUT" && path.startsWith("/deploy/") ? echoed(request, 422, validation) : undefined;
}

function whileReading(request: RecordedRequest) {
  return request.method === "GET" && request.path !== "/deploy/list" ? echoed(request, 401, page) : undefined;
}

async function struck<Result>(choose: Parameters<typeof strike>[1], run: () => Promise<Result>): Promise<Result> {
  const stop = strike(simulator, choose);
  try {
    return await run();
  } finally {
    stop();
  }
}

/** The names of the resources about which a command reports an error. */
function failedIn({ diagnostics }: OperationResult): string[] {
  const urns = diagnostics.filter(({ severity }) => severity === "error").map(({ urn = "" }) => urn);
  const names = urns.filter((urn) => urn.includes("pulumi-nodejs:dynamic")).map((urn) => urn.split("::").at(-1) ?? "");
  return [...new Set(names)].sort();
}

let isFailing = true;

beforeAll(async () => {
  const { wrongKey, foundryToken, hfToken, ...rest } = planted;
  const { plainHfToken, variable, ...credentials } = rest;
  simulator = await startSimulator({
    readyAfterMs: 0,
    credentials: { ...credentials, foundryToken },
    scenario: {
      kore: { immediate: true },
      opensearch: { allowCustomDeploymentPlan: true, syncUpMs: 200 },
      behaviourOf: ({ name }) => {
        if (name.endsWith("/interrupted")) return { readyAfterMs: forEver };
        return name.endsWith("/replaced") && isFailing
          ? {
              outcome: "failure",
              failureReason: `cannot pull with ${planted.plainHfToken}, asked by ${planted.deepinfraApiKey}`,
            }
          : undefined;
      },
    },
  });
  const environment = simulator.environment();
  for (const name of ["DEEPINFRA_API_KEY", "FOUNDRY_TOKEN"]) delete environment[name];
  const { foundryClientId, foundryClientSecret } = simulator.credentials;
  stack = await createStack({
    program: { language: "javascript", code: program },
    config: {
      "inference:deepinfraApiKey": { secret: planted.deepinfraApiKey },
      "test:foundryToken": { secret: foundryToken },
      "test:wrongKey": { secret: wrongKey },
      "test:hfToken": { secret: hfToken },
    },
    environment: {
      ...environment,
      ...{ FOUNDRY_CLIENT_ID: foundryClientId, FOUNDRY_CLIENT_SECRET: foundryClientSecret },
      ...{ plainHfToken, variable, phase: "failing" },
    },
  });
  const temporary = join(stack.folder, "temporary");
  mkdirSync(temporary);
  stack.setEnvironment({ TMPDIR: temporary });
});
afterAll(() => simulator.close());

describe("a stack with a secret of every kind", () => {
  const all = { parameters: [...loud.parameters, "--continue-on-error"], expectFailure: true };

  test("shows what a preview plans", async () => {
    note("preview", await stack.preview(loud));
  });

  test("goes wrong in seven ways at once when it is made", async () => {
    const up = note("up that fails", await struck(whileMaking, () => stack.up(all)));

    expect(failedIn(up)).toEqual(["assistant", "client", "invalid", "replaced", "search", "token", "wrong"]);
  });

  test("is made, with what failed replaced", async () => {
    isFailing = false;
    stack.setEnvironment({ phase: "" });
    const up = note("up", await stack.up(loud));

    expect(up.changes).toMatchObject({ replace: 1 });
  });

  test("has nothing to change, with the engine's log in files", async () => {
    const up = note("second up", await stack.up({ parameters: ["-v=9", "--logflow"] }));

    expect(Object.keys(up.changes)).toEqual(["same"]);
    expect(Object.keys(readFolder(join(stack.folder, "temporary"))).join()).toMatch(/pulumi.*log/);
  });

  test("is changed in place, which two platforms refuse at first, and replaced", async () => {
    stack.setEnvironment({ phase: "changed" });
    const refused = note("update that fails", await struck(whileChanging, () => stack.up(all)));
    const update = note("update", await stack.up(loud));

    expect(failedIn(refused)).toEqual(["client", "invalid", "llama", "token"]);
    expect(refused.changes).toMatchObject({ replace: 1, update: 2 });
    expect(update.changes).toMatchObject({ update: 4 });
  });

  test("is refreshed, which all platforms refuse at first", async () => {
    const refused = note(
      "refresh that fails",
      await struck(whileReading, () => stack.refresh({ ...loud, expectFailure: true })),
    );
    note("refresh", await stack.refresh(loud));

    expect(failedIn(refused)).toEqual(["assistant", "client", "invalid", "llama", "replaced", "search", "token"]);
  });

  test("is interrupted, with lines of the wait shown also beside the engine's log", async () => {
    stack.setEnvironment({ phase: "interrupted" });
    const running = stack.start("up", loud.parameters);
    await running.waitForText(/ModelDeployment interrupted creating .* initializing/);
    printed["processes"] = stack
      .processes()
      .map(({ command }) => command)
      .join("\n");
    running.signal("SIGINT");
    const { text } = note("up with Ctrl-C", await running.result);

    expect(printed["processes"]).toContain("pulumi-nodejs");
    expect(text).toMatch(/the wait for DeepInfra deployment \w+ was cancelled/);
  });

  test("is shown by the engine's other commands, and destroyed", async () => {
    note("export", await stack.pulumi("stack", "export"));
    note("output", await stack.pulumi("stack", "output", "--json"));
    note("history", await stack.pulumi("stack", "history", "--json"));
    note("stack", await stack.pulumi("stack", "--show-ids"));
    note("destroy", await stack.destroy(loud));

    expect(simulator.deployments().filter(({ removed, starts }) => !removed && starts > 0)).toEqual([]);
  });
});

describe("in all that was written and printed", () => {
  let sources: Record<string, string | Buffer>;
  let secrets: Record<string, string>;

  beforeAll(async () => {
    const shown = ["/", "/simulator/requests", "/simulator/state"].map(async (path) => {
      return [`the simulator's ${path}`, await (await fetch(simulator.url + path)).text()] as const;
    });
    sources = { ...printed, ...readFolder(stack.folder), ...Object.fromEntries(await Promise.all(shown)) };
    const fetched = simulator
      .requests({ platform: "foundry" })
      .map(({ rawHeaders }) => rawHeaders["authorization"] ?? "")
      .filter((header) => header.startsWith("Bearer "))
      .map((header, index) => [`Foundry's token ${index}`, header.slice("Bearer ".length)]);
    secrets = { ...planted, ...(Object.fromEntries([...beginnings, ...fetched]) as Record<string, string>) };
  });

  test("there is what is searched, and every secret was in use", () => {
    expect(Object.keys(sources)).toEqual(
      expect.arrayContaining([
        "stdout of up that fails",
        "stderr of destroy",
        expect.stringMatching(/^backend\/.*history/),
        expect.stringMatching(/^backend\/.*backups/),
        expect.stringMatching(/^home\//),
        expect.stringMatching(/^project\/Pulumi\.test\.yaml$/),
        expect.stringMatching(/^events-\d+\.json$/),
      ]),
    );
    const sent = simulator.requests().map(({ rawHeaders, rawBody }) => JSON.stringify(rawHeaders) + rawBody);
    const found = findLeaks(planted, { sent: sent.join("\n") }).map(({ secret }) => secret);
    expect([...new Set(found)].sort()).toEqual(Object.keys(planted).sort());
  });

  test("no secret is to be found, but for what the engine notes of its own calls", () => {
    const ours = Object.entries(sources).map(([name, content]) => [name, withoutCallsOfEngine(content.toString())]);

    expect(findLeaks(secrets, Object.fromEntries(ours) as Record<string, string>)).toEqual([]);
  });

  test("the engine does note inputs in clear text at -v=9, as the README says", () => {
    const noted = Object.fromEntries(Object.entries(sources).filter(([name]) => name.startsWith("stderr of")));

    expect(findLeaks({ plainHfToken: planted.plainHfToken }, noted)).not.toEqual([]);
  });
});

/**
 * The engine's log at -v=9 holds each property that it passes on, and its event log what a program registered.
 * Secrets of the stack's config are masked there, others are not. Left out are just those lines, and only of
 * properties where the program itself put a secret: nothing that this package adds.
 */
function withoutCallsOfEngine(text: string): string {
  const property = "(?:value|token|hf|deepinfra|CREDENTIALS|environmentVariables|runtimeConfiguration)";
  const calls = [
    new RegExp(`^I\\d{4} \\S+ +\\d+ rpc\\.go:\\d+\\] (?:M|Unm)arshaling property for RPC\\[.*?\\]: ${property}=\\{`),
    /^I\d{4} \S+ +\d+ step_generator\.go:\d+\] Planner decided (?:not )?to /,
    /^I\d{4} \S+ +\d+ eventsink\.go:\d+\] (?:eventSink::Debug\(<\{%reset%\}>)?RegisterResource RPC finished: /,
    /^\{"sequence":\d+,"timestamp":\d+,"diagnosticEvent":\{"prefix":"debug: ","message":"RegisterResource RPC finished: /,
  ];
  return text
    .split("\n")
    .filter((line) => !calls.some((call) => call.test(line)))
    .join("\n");
}
