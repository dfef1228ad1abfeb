/** What the engine sees of either host's process: the protocol, without the command line. */
import { providerText } from "../../sdk/provider-text";
import { type Simulator, startSimulator } from "../../simulator";
import { startCountingProxy } from "../support/counting-proxy";
import { type CallError, type ProviderProcess, startProviderProcess } from "../support/provider-process";
import { until } from "../support/until";

const text = providerText("modelDeployment");
const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/inference:ModelDeployment::llama";
const urns = { dynamic: urn, native: "urn:pulumi:dev::shop::inference:index:ModelDeployment::llama" };
const token = "hf_token-of-the-protocol";
/** How Pulumi marks a secret on the wire. */
const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: token };
const forEver = 3_600_000;
type Host = "dynamic" | "native";

let simulator: Simulator;
const started: ProviderProcess[] = [];

beforeEach(async () => {
  simulator = await startSimulator({
    readyAfterMs: 0,
    scenario: {
      byName: {
        "slow-start": { readyAfterMs: forEver },
        "out-of-memory": { outcome: "failure", failureReason: "CUDA out of memory" },
      },
    },
  });
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((provider) => provider.stop()));
  await simulator.close();
});

const inputs = (modelName: string, rest: Record<string, unknown> = {}) => ({
  deepinfra: { modelName, gpu: "H100-80GB", hf: { repo: "acme/llama", token } },
  ...rest,
});
const posts = () => simulator.requests({ method: "POST", path: /^\/deploy\/llm$/ });

async function startHost(host: Host, config = configOf(simulator.url)): Promise<ProviderProcess> {
  const provider = await startProviderProcess({ ...(host === "dynamic" ? { providerText: text } : {}), config });
  started.push(provider);
  return provider;
}

function configOf(url: string): Record<string, string> {
  return { "inference:deepinfraUrl": url, "inference:deepinfraApiKey": simulator.credentials.deepinfraApiKey };
}

function initializationOf(failing: Promise<unknown>) {
  return failing.then(
    () => Promise.reject(new Error("it should fail")),
    (error: CallError) => error.initialization,
  );
}

describe.each<Host>(["dynamic", "native"])("the %s host", (host) => {
  const start = (config?: Record<string, string>) => startHost(host, config);

  test("a deployment is made, with secrets as the engine encrypts them", async () => {
    const provider = await start();
    const { id, properties } = await provider.create(inputs("llama"));

    expect(id).toBe(`deepinfra/${simulator.deployments()[0]?.id}`);
    expect(properties).toMatchObject({ status: "ready", deepinfra: { hf: { token: secret } }, __provider: text });
    expect(await provider.read(id, properties)).toMatchObject({
      properties: { status: "ready", deepinfra: { hf: { token: secret } }, __provider: text },
      inputs: {
        deepinfra: { modelName: "llama", hf: { token: secret } },
        ...(host === "dynamic" ? { __provider: text } : {}),
      },
    });
  });

  test("a deployment that failed carries what a refresh and a removal need", async () => {
    const provider = await start();
    const failure = await initializationOf(provider.create(inputs("out-of-memory")));

    expect(failure).toMatchObject({
      id: `deepinfra/${simulator.deployments()[0]?.id}`,
      properties: { status: "failed", deepinfra: { hf: { token: secret } }, __provider: text },
      reasons: [expect.stringContaining("CUDA out of memory"), expect.stringContaining("pulumi destroy")],
    });
    const { id, properties } = failure ?? { id: "", properties: {} };
    expect(await provider.diff(id, properties, inputs("out-of-memory"))).toEqual({
      changes: "some",
      replaces: ["deepinfra"],
      deleteBeforeReplace: true,
    });
    await provider.delete(id, properties);
    expect(await provider.read(id, properties)).toMatchObject({ id: "", inputs: undefined });
  });

  test("a check tells all failures without a property, whose value the engine would print, and sends nothing", async () => {
    const provider = await start();
    const { failures } = await provider.check({}, { ...inputs(""), adopt: { token }, waitForReedy: true });

    expect(failures.map(({ property }) => property)).toEqual(["", "", ""]);
    expect(failures.map(({ reason }) => reason.split(":")[0]).sort()).toEqual([
      "adopt",
      "deepinfra.modelName",
      "waitForReedy",
    ]);
    expect(JSON.stringify(failures) + provider.output()).not.toContain(token);
    expect(simulator.requests()).toEqual([]);
  });

  test("lines of the wait arrive at the engine, for the resource's own row", async () => {
    const provider = await start();
    await provider.create(inputs("warm-up"));
    const waiting = initializationOf(provider.create(inputs("slow-start"), { urn, timeoutSeconds: 1800 }));
    const line = await provider.waitForLog(/^initializing · 0\/1 running · \d+s of 30m$/);

    expect(line).toMatchObject({ urn: urns[host], ephemeral: true, severity: "info" });
    await provider.cancel();
    await waiting;
  });

  test("the engine's cancel ends every wait, and each keeps its id", async () => {
    const provider = await start();
    simulator.configure({ readyAfterMs: forEver });
    const waits = ["one", "two"].map((name) => initializationOf(provider.create(inputs(name))));
    await until(() => provider.log.filter(({ message }) => message.startsWith("initializing")).length === 2);
    await provider.cancel();
    const failures = await Promise.all(waits);

    const ids = simulator.deployments().map(({ id }) => `deepinfra/${id}`);
    expect(failures.map((failure) => failure?.id).sort()).toEqual(ids.sort());
    for (const failure of failures) {
      expect(failure?.properties).toMatchObject({ status: "pending", __provider: text });
      expect(failure?.reasons.join()).toMatch(/was cancelled.*may cost money.*pulumi up.*goes on waiting/);
    }
  });

  test("an input that is not known yet is a change and never a replacement, and asks nobody", async () => {
    const provider = await start();
    const { id, properties } = await provider.create(inputs("llama"));
    const before = simulator.requests().length;
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const some = await provider.diff(id, properties, inputs(unknown));
    const whole = await provider.diff(id, properties, { deepinfra: unknown });
    const same = await provider.diff(id, properties, inputs("llama", { __timeouts: { create: 7 }, adopt: "x" }));

    expect(some).toMatchObject({ changes: "some", replaces: [] });
    expect(whole).toMatchObject({ changes: "some", replaces: [] });
    expect(same).toMatchObject({ changes: "none", replaces: [] });
    expect(simulator.requests()).toHaveLength(before);
  });

  test("an error says what it has to say without a stack", async () => {
    const provider = await start();
    const { id, properties } = await provider.create(inputs("llama"));
    simulator.fault({ kind: "status", status: 403, times: 2 });

    await expect(provider.read(id, properties)).rejects.toMatchObject({
      message: expect.stringContaining("inference:deepinfraApiKey") as string,
    });
    await expect(provider.delete(id, properties)).rejects.toMatchObject({ initialization: undefined });
    // Pulumi's own host writes errors of a read or a delete on its own, too.
    if (host === "dynamic") expect(provider.output()).toContain("answered 403");
    expect(provider.output()).not.toMatch(/^\s+at /m);
  });

  test("the process ends when its engine is gone, also in the middle of a wait", async () => {
    const provider = await start();
    void provider.create(inputs("slow-start")).catch(() => undefined);
    await provider.waitForLog(/^initializing/);
    provider.loseEngine();

    expect(await provider.exited).toBe(1);
  });

  test("the process ends at once when the engine is done with it, and asks for no second signal", async () => {
    const provider = await start();
    await provider.create(inputs("llama"));
    provider.signal("SIGINT");

    // Null stands for a signal: a handler of ours would either return a code or leave the engine waiting.
    expect(await provider.exited).toBeNull();
  });
});

describe("the dynamic host alone", () => {
  const start = (config?: Record<string, string>) => startHost("dynamic", config);

  test("the timeout of the request counts; in the first call of a process, the copy in the inputs", async () => {
    const provider = await start();
    const first = await initializationOf(provider.create(inputs("slow-start", { __timeouts: { create: 2 } })));
    const second = await initializationOf(
      provider.update(first?.id ?? "", first?.properties ?? {}, inputs("slow-start"), { timeoutSeconds: 1 }),
    );

    expect(first?.reasons[0]).toMatch(/is not ready after 2s.*, seen: initializing [12]s$/);
    expect(second?.reasons[0]).toMatch(/is not ready after 1s/);
    expect(second?.id).toBe(first?.id);
    expect(posts()).toHaveLength(1);
  });

  test("the first call of a process, of which only the id is known, shows that", async () => {
    const { id, properties } = await (await start()).create(inputs("llama"));
    const provider = await start();
    // What lasts for less than one can read is not told.
    simulator.configure({ latencyMs: 1_000 });
    await provider.delete(id, properties, { urn });

    expect(await provider.waitForLog(/removal accepted/)).toMatchObject({ urn: "", ephemeral: true });
    expect(provider.log[0]?.message).toMatch(new RegExp(`^${id}: `));
  });

  test("states with several texts, called at once, share one account and one pool of connections", async () => {
    const proxy = await startCountingProxy(simulator.url);
    const provider = await start(configOf(proxy.url));
    const older = provider.withText(`exports.handler = () => require("pulumi-inference/dynamic").modelDeployment;`);
    const both = await Promise.all([provider.check({}, inputs("a")), older.check({}, inputs("b"))]);
    for (const calls of [provider, older, provider, older]) {
      const name = `model-${posts().length}`;
      await calls.create(inputs(name), { urn: `urn:pulumi:test::test::t::${name}` });
    }

    expect(both.map(({ failures }) => failures)).toEqual([[], []]);
    expect(posts()).toHaveLength(4);
    expect(proxy.connections()).toBeLessThan(4);
    proxy.close();
  });
});
