/** A stack with a secret of every kind, and the values that are planted for them. */
import type { Program } from "../support/engine";

/**
 * Each with what its way to the platform allows: a header holds less than JSON does. Some come from the stack's
 * config, whose secrets the engine masks in its own log, and some from the environment, where nobody helps.
 */
export const planted = {
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
export const beginnings = Object.entries(planted).map(([name, value]) => [
  `beginning of ${name}`,
  value.slice(0, Math.ceil(value.length / 2)),
]);

/** What it holds depends on the variable `phase`. */
export const plantedProgram: Program = {
  language: "javascript",
  code: `const pulumi = require("@pulumi/pulumi");
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
`,
};
