/**
 * Plants a distinct value for every credential and every secret input, takes one stack with deployments on all
 * platforms through its life and through failures that echo those values, and looks for them in every byte that
 * was written or printed meanwhile.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type OperationResult, type Stack } from "../support/engine";
import { findLeaks, readFolder } from "../support/leaks";
import { strike } from "../support/strike";
import { createEchoes, type Echoes } from "./echoes";
import { withoutCallsOfEngine } from "./calls-of-engine";
import { forEver } from "./llamas";
import { beginnings, planted, plantedProgram } from "./planted";

const loud = { parameters: ["-v=9", "--logtostderr", "--logflow"] };

let simulator: Simulator;
let echoes: Echoes;
let stack: Stack;
/** All that was printed, by what printed it. */
const printed: Record<string, string> = {};

function note(name: string, result: OperationResult): OperationResult {
  printed[`stdout of ${name}`] = result.stdout;
  printed[`stderr of ${name}`] = result.stderr;
  // Notes on creations come and go.
  for (const [file, text] of Object.entries(readFolder(join(stack.folder, "home")))) {
    if (file.startsWith("pulumi-inference")) printed[`${file} after ${name}`] = text.toString();
  }
  return result;
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
  echoes = createEchoes(simulator);
  const environment = simulator.environment();
  for (const name of ["DEEPINFRA_API_KEY", "FOUNDRY_TOKEN"]) delete environment[name];
  const { foundryClientId, foundryClientSecret } = simulator.credentials;
  stack = await createStack({
    program: plantedProgram,
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
    const up = note("up that fails", await struck(echoes.whileMaking, () => stack.up(all)));

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
    const refused = note("update that fails", await struck(echoes.whileChanging, () => stack.up(all)));
    const update = note("update", await stack.up(loud));

    expect(failedIn(refused)).toEqual(["client", "invalid", "llama", "token"]);
    expect(refused.changes).toMatchObject({ replace: 1, update: 2 });
    expect(update.changes).toMatchObject({ update: 4 });
  });

  test("is refreshed, which all platforms refuse at first", async () => {
    const refused = note(
      "refresh that fails",
      await struck(echoes.whileReading, () => stack.refresh({ ...loud, expectFailure: true })),
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
        expect.stringMatching(/^pulumi-inference\/.* after up/),
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
