/** Holds the tree to its map: what a new platform needs, and who may import whom. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { livePlatform, modelPlatforms } from "../provider/platforms/registry";
import { version } from "../provider/version";
import * as drift from "../drift";
import * as sdk from "../sdk";

const root = resolve(__dirname, "..");
const read = (...path: string[]): string => readFileSync(join(root, ...path), "utf8");
const foldersIn = (...path: string[]): string[] =>
  readdirSync(join(root, ...path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

const platforms = [...Object.values(modelPlatforms), livePlatform];
const ids = platforms.map(({ id }) => id as string).sort();
const platformFiles = [
  "README.md",
  "adapter.ts",
  "api.ts",
  "index.ts",
  "inputs.ts",
  "rules.ts",
  "schema.ts",
  "status.ts",
];

describe("platforms", () => {
  it("are the folders, in the provider as in the simulator", () => {
    expect(foldersIn("provider", "platforms")).toEqual(ids);
    expect(foldersIn("simulator", "platforms")).toEqual(ids);
  });

  it("are registered under their own id", () => {
    expect(Object.entries(modelPlatforms).map(([key, { id }]) => [key, id])).toEqual(
      Object.keys(modelPlatforms).map((key) => [key, key]),
    );
  });

  it.each(ids)("%s has the same files as the others, tests, and an example", (id) => {
    const files = readdirSync(join(root, "provider", "platforms", id));

    expect(files).toEqual(expect.arrayContaining(platformFiles));
    expect(existsSync(join(root, "test", "platforms", id))).toBe(true);
    expect(existsSync(join(root, "examples", id, "index.ts"))).toBe(true);
  });

  it.each(platforms.flatMap(({ settings }) => settings.map(({ key }) => key)))(
    "the setting %s is documented and an input of Provider",
    (key) => {
      expect(read("sdk", "provider.ts")).toContain(`  ${key}?: pulumi.Input<string>;`);
      expect(read("README.md")).toContain(`\`${key}\``);
    },
  );
});

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file));
const importsOf = (file: string): string[] =>
  [...read(file).matchAll(/(?:from|import|require\()\s*["']([^"']+)["']/g)].map(([, name = ""]) => name);

describe("imports", () => {
  it.each(sources("provider"))("%s knows no Pulumi and no host", (file) => {
    const targets = importsOf(file).map((name) =>
      name.startsWith(".") ? relative(root, resolve(root, file, "..", name)) : name,
    );

    expect(targets.filter((target) => target.startsWith("@pulumi/"))).toEqual([]);
    expect(targets.filter((target) => /^(sdk|drift|simulator|cli)\b/.test(target))).toEqual([]);
  });

  it.each(sources("simulator"))("%s is no client of the provider", (file) => {
    expect(importsOf(file).filter((name) => /^(\.\.\/)+(provider|sdk|drift|cli)\b|^@pulumi\//.test(name))).toEqual([]);
  });
});

interface LockedPackage {
  integrity?: string;
  hasInstallScript?: boolean;
  dependencies?: Record<string, string>;
}

describe("package", () => {
  const manifest = JSON.parse(read("package.json")) as {
    version: string;
    exports: Record<string, unknown>;
    dependencies: Record<string, string>;
    scripts: Record<string, string>;
  };

  it("exports what programs use, and nothing more", () => {
    expect(Object.keys(sdk).sort()).toEqual([
      "DeploymentResource",
      "Fleet",
      "FleetComponent",
      "LiveDeployment",
      "ModelDeployment",
      "Provider",
      "Readiness",
      "ReadinessResource",
    ]);
    expect(Object.keys(manifest.exports)).toEqual([
      ".",
      "./dynamic",
      "./native",
      "./drift",
      "./schema/*.json",
      "./package.json",
    ]);
    expect(Object.keys(drift)).toEqual(["detectDrift"]);
  });

  it("loads nothing of the Automation API with its main entry", () => {
    const imported = [...sources("sdk"), ...sources("provider")].flatMap(importsOf);

    expect(imported.filter((name) => name.includes("automation") || /\bdrift\b/.test(name))).toEqual([]);
  });

  it("has one version", () => {
    expect(version).toBe(manifest.version);
    expect(read("CHANGELOG.md")).toContain(`## ${version}`);
  });

  it("runs no script where it is installed", () => {
    const scripts = Object.keys(manifest.scripts);

    expect(scripts.filter((name) => /^((pre|post)?install|(pre|post)?prepare|prepublish)$/.test(name))).toEqual([]);
  });

  it("depends on what the decision says, which has no dependencies and no scripts itself", () => {
    const reasons = read("docs", "decisions", "0012-few-dependencies.md");
    const named = [...reasons.matchAll(/^\| `([^`]+)`/gm)].map(([, name = ""]) => name);
    const { packages } = JSON.parse(read("package-lock.json")) as { packages: Record<string, LockedPackage> };
    const locked = named.map((name) => packages[`node_modules/${name}`]);

    expect(named.sort()).toEqual(Object.keys(manifest.dependencies).sort());
    for (const one of locked) expect(one).toMatchObject({ integrity: expect.any(String) as string });
    expect(locked.filter((one) => one?.hasInstallScript === true || one?.dependencies !== undefined)).toEqual([]);
  });
});

describe.each(foldersIn("engine", "go"))("the engine's module %s", (folder) => {
  it("has a checksum of every module that it is built from", () => {
    const module = read("engine", "go", folder, "go.mod");
    const replaced = [...module.matchAll(/(\S+) => (\S+ v\S+)/g)].map(([, from = "", to = ""]) => [from, to] as const);
    const required = [...module.matchAll(/^\s*(?:require )?(\S+\/\S+) (v\S+)/gm)].map(
      ([, name = "", version = ""]) => new Map(replaced).get(name) ?? `${name} ${version}`,
    );
    const sums = read("engine", "go", folder, "go.sum").split("\n");

    expect(required.length).toBeGreaterThan(0);
    expect(required.filter((one) => !sums.some((sum) => sum.startsWith(`${one}/go.mod h1:`)))).toEqual([]);
  });

  it("is built with these checksums, whatever the environment says", () => {
    expect(read("engine", "build-engine.ts")).toContain('"-mod=readonly"');
  });
});
