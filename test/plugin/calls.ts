/** Requests of the plugin, called as functions, and inputs to call them with. */
import { messages } from "../../plugin/protocol";
import { create } from "../../plugin/requests/create";
import { diff } from "../../plugin/requests/diff";
import { update } from "../../plugin/requests/update";
import { fromWire, toWire } from "../../plugin/wire/properties";
import type { Simulator } from "../../simulator";

export type Properties = Record<string, unknown>;

export const model = "urn:pulumi:dev::shop::inference:index:ModelDeployment::llama";
export const live = "urn:pulumi:dev::shop::my:Component$inference:index:LiveDeployment::scorer";
export const secretKey = "4dabf18193072939515e22adb298388d";
export const deepinfra = {
  modelName: "llama",
  gpu: "H100-80GB",
  hf: { repo: "acme/llama", token: "hf_1" },
  settings: { minInstances: 1, maxInstances: 2 },
};
export const runtimeConfiguration = { minReplicas: 1, maxReplicas: 2, environmentVariables: { "a.b": "1", C: "2" } };
export const foundry = { modelRid: "ri.models.main.model.1", branch: "master", runtimeConfiguration };
export const outputs = {
  platform: "deepinfra",
  deploymentId: "d1",
  endpoint: "https://old.test",
  model: "deploy_id:d1",
  status: "ready",
  ready: true,
};

interface Diff {
  changes: number;
  replaces: string[];
  stables: string[];
  diffs: string[];
  isDetailed: boolean;
  detailed: Record<string, { kind: number; inputdiff: boolean }>;
}

export async function diffOf(urn: string, olds: Properties, news: Properties): Promise<Diff> {
  const request = new messages.DiffRequest().setUrn(urn).setId("deepinfra/d1").setOlds(toWire(olds));
  const response = await diff(request.setNews(toWire(news)));
  const detailed: Diff["detailed"] = {};
  response.getDetaileddiffMap().forEach((change, path) => void (detailed[path] = change.toObject()));
  return {
    changes: response.getChanges(),
    replaces: response.getReplacesList(),
    stables: response.getStablesList(),
    diffs: response.getDiffsList(),
    isDetailed: response.getHasdetaileddiff(),
    detailed,
  };
}

export async function previewOf(urn: string, inputs: Properties, olds?: Properties): Promise<Properties> {
  if (olds === undefined) {
    const request = new messages.CreateRequest().setUrn(urn).setPreview(true).setProperties(toWire(inputs));
    return fromWire((await create(request)).getProperties());
  }
  const request = new messages.UpdateRequest().setUrn(urn).setId("x/y").setPreview(true).setOlds(toWire(olds));
  return fromWire((await update(request.setNews(toWire(inputs)))).getProperties());
}

export function settingsOf({ url, credentials }: Simulator): Properties {
  const addresses = { deepinfraUrl: url, koreHost: url, opensearchUrl: url, foundryHostname: url };
  return { ...addresses, ...credentials };
}
