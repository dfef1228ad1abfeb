/** What each call, command and program loads: a list grows by an import that nobody looks at, and so does each start. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../engine/engine";
import { providerText } from "../sdk/provider-text";
import { type Simulator, startSimulator } from "../simulator";
import { dependencies } from "../package.json";
import { type ProviderProcess, startProviderProcess } from "./support/provider-process";
import { until } from "./support/until";

interface Loaded {
  packages: string[];
  /** Modules of this package, below `dist`. */
  own: string[];
}

const watch = `--require ${join(__dirname, "support", "loaded-modules.js")}`;
/** What the SDK loads is none of ours. */
const ours = ({ packages }: Loaded): string[] => packages.filter((name) => Object.hasOwn(dependencies, name));
const foldersOf = ({ own }: Loaded): string[] => [...new Set(own.map((file) => file.split("/").slice(0, 2).join("/")))];
const parse = (output: string, index = -1): Loaded =>
  JSON.parse([...output.matchAll(/^loaded (.*)$/gm)].at(index)?.[1] ?? "{}") as Loaded;

describe.each(["dynamic", "native"])("the process of the %s host loads", (host) => {
  let simulator: Simulator;
  let provider: ProviderProcess;
  const inputs = { deepinfra: { modelName: "llama", gpu: "A100-80GB", hf: { repo: "acme/llama" } } };

  async function start(): Promise<void> {
    provider = await startProviderProcess({
      ...(host === "dynamic" ? { providerText: providerText("modelDeployment") } : {}),
      environment: { ...simulator.environment("deepinfra"), NODE_OPTIONS: watch },
    });
  }
  async function look(): Promise<Loaded> {
    const times = () => [...provider.output().matchAll(/^loaded .*\n/gm)].length;
    const before = times();
    provider.signal("SIGUSR2");
    await until(() => times() > before);
    return parse(provider.output());
  }

  beforeEach(async () => {
    simulator = await startSimulator({ scenario: { readyAfterMs: 0 } });
    await start();
  });
  afterEach(async () => {
    await provider.stop();
    await simulator.close();
  });

  it("no package of ours before it is called", async () => {
    expect(ours(await look())).toEqual([]);
  });

  it("the schemas of one platform, and nothing that asks it, for a check and a diff", async () => {
    const { id, properties } = await provider.create(inputs);
    await provider.stop();
    await start();
    await provider.check(inputs, inputs);
    expect((await provider.diff(id, properties, inputs)).changes).toBe("none");

    const loaded = await look();
    expect(ours(loaded)).toEqual(["zod"]);
    expect(
      loaded.own.filter((file) => /^provider\/platforms\/(?!deepinfra\/|\w+\/index\.js$|registry)/.test(file)),
    ).toEqual([]);
    expect(
      loaded.own.filter((file) =>
        /^provider\/(cost\/(?!footprint)|functions\/)|lifecycle\/(create|read|delete|import)/.test(file),
      ),
    ).toEqual([]);
  });

  it("the HTTP client besides for all that asks a platform", async () => {
    const { id, properties } = await provider.create(inputs);
    expect(ours(await look())).toEqual(["undici", "zod"]);
    await provider.stop();

    await start();
    await provider.read(id, properties);
    expect(ours(await look())).toEqual(["undici", "zod"]);
    await provider.stop();

    await start();
    await provider.delete(id, properties);
    const loaded = await look();
    expect(ours(loaded)).toEqual(["undici", "zod"]);
    expect(foldersOf(loaded).filter((folder) => /^(cli|drift|simulator)\b|functions|sdk\/native/.test(folder))).toEqual(
      [],
    );
  });

  if (host === "native") {
    it("nothing of what Pulumi's host for dynamic resources needs", async () => {
      const { packages } = await look();

      expect(packages).toContain("@grpc/grpc-js");
      expect(
        packages.filter((name) => /^(typescript|ts-node|semver|@npmcli\/.*|@opentelemetry\/.*)$/.test(name)),
      ).toEqual([]);
    });
  }
});

async function run(...parameters: string[]): Promise<{ stdout: string; loaded: Loaded }> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, parameters, {
    cwd: projectRoot,
    env: { ...process.env, NODE_OPTIONS: watch },
  });
  return { stdout, loaded: parse(stderr) };
}

it.each(["", "simulate", "orphans", "drift", "import", "cost"])(
  "`pulumi-inference %s --help` loads no more than help",
  async (command) => {
    const { stdout, loaded } = await run(join("dist", "cli", "main.js"), ...[command].filter(Boolean), "--help");

    expect(stdout).toContain("Usage: pulumi-inference");
    expect(loaded.packages).toEqual(["commander"]);
  },
);

it.each(["pulumi-inference", "pulumi-inference/native"])(
  "a program that imports %s loads the SDK and nothing else",
  async (name) => {
    const alone = await run("-e", 'require("@pulumi/pulumi")');
    const { stdout, loaded } = await run("-p", `require("@pulumi/pulumi"); require("${name}").ModelDeployment.name`);

    expect(stdout).toBe("ModelDeployment\n");
    expect(loaded.packages).toEqual(alone.loaded.packages);
    expect(
      foldersOf(loaded).filter((folder) =>
        /^(cli|drift|simulator|plugin)\b|provider\/(http|wait|lifecycle|cost)/.test(folder),
      ),
    ).toEqual([]);
  },
);
