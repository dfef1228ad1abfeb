/** What is started, and beside what. */

export interface StartCase {
  name: string;
  /** The case that has all but what this one is about: what lies above it is ours. */
  beside?: string;
  /** Modules, loaded one after the other. */
  modules?: readonly string[];
  /** In place of modules: a script of the package and its parameters. */
  command?: readonly string[];
}

const dynamicHost = "@pulumi/pulumi/cmd/dynamic-provider";
const sdk = "@pulumi/pulumi";
const dynamic = "./dist/sdk/dynamic/index.js";
const plugin = "./dist/plugin/server.js";
const platform = "./dist/provider/platforms/deepinfra/adapter.js";
const http = "./dist/provider/http/client.js";
const cli = ["", "simulate", "orphans", "drift", "import", "cost"];

export const cases: readonly StartCase[] = [
  { name: "Node.js", modules: [] },
  { name: "an empty dynamic provider", modules: [dynamicHost] },
  { name: "dynamic host, waiting for a call", beside: "an empty dynamic provider", modules: [dynamicHost, dynamic] },
  {
    name: "dynamic host, after a check",
    beside: "an empty dynamic provider",
    modules: [dynamicHost, dynamic, platform],
  },
  {
    name: "dynamic host, after a request",
    beside: "an empty dynamic provider",
    modules: [dynamicHost, dynamic, platform, http],
  },
  { name: "native plugin, waiting for a call", beside: "Node.js", modules: [plugin] },
  { name: "native plugin, after a check", beside: "Node.js", modules: [plugin, platform] },
  { name: "native plugin, after a request", beside: "Node.js", modules: [plugin, platform, http] },
  { name: "a program with the SDK alone", modules: [sdk] },
  {
    name: "a program with the package",
    beside: "a program with the SDK alone",
    modules: [sdk, "./dist/sdk/index.js"],
  },
  {
    name: "a program with its native form",
    beside: "a program with the SDK alone",
    modules: [sdk, "./dist/sdk/native/index.js"],
  },
  ...cli.map((command) => ({
    name: ["pulumi-inference", command, "--help"].filter(Boolean).join(" "),
    beside: "Node.js",
    command: ["./dist/cli/main.js", command, "--help"].filter(Boolean),
  })),
];
