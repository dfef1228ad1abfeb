/** What an exported stack knows of deployments and accounts. Pure. */
import { z } from "zod";
import { kindOfType } from "../../host/kind-of-type";
import { dynamicProviderType, nativeProviderType } from "../../host/resource-types";
import { livePlatform } from "../../provider/platforms/registry";
import { isRecord } from "../../provider/resources/resource-kind";
import { explicitProviderKey, namespace } from "../../sdk/provider-keys";
import { platformById } from "./platforms";

/** The settings that a stack's state keeps, under their keys without the namespace. */
export interface SavedSettings {
  values: Record<string, string>;
  /** Keys whose values are there and cannot be read, since they are encrypted. */
  unreadable: string[];
}

/** An explicit `Provider` of the program. */
export interface SavedProvider {
  urn: string;
  name: string;
  settings: SavedSettings;
  /** The platforms of the deployments that use it. */
  platforms: string[];
}

/** A deployment that was asked for, and of which the state has no id. */
export interface Creation {
  urn: string;
  platform: string;
  /** What a list of the platform calls it, as far as the inputs tell. */
  name?: string;
  deploymentId?: string;
}

export interface KnownState {
  /** `<platform>/<id>` of each deployment: managed, read by `get`, or waiting to be deleted. */
  ids: string[];
  /** Platforms of deployments that use no explicit provider. */
  platforms: string[];
  /** RIDs of Foundry models. */
  models: string[];
  /** Names of deployments whose model the state does not show. */
  unreadableModels: string[];
  providers: SavedProvider[];
  /** Deployments that a run was making when the state was read, or when it was interrupted. */
  creations: Creation[];
  /** The stack's config as it was saved by the last run; undefined before the first. */
  savedConfig?: SavedSettings;
}

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
  provider: z.string().optional(),
});

const exported = z.object({
  deployment: z.object({
    resources: z.array(resource).nullish(),
    pending_operations: z.array(z.object({ resource, type: z.string().optional() })).nullish(),
  }),
});

type Resource = z.output<typeof resource>;

/** @throws Error in one sentence when the text is not what `pulumi stack export` writes. */
export function readExportedState(text: string): KnownState {
  const { resources, pending_operations } = parse(text).deployment;
  const all = [...(resources ?? []), ...(pending_operations ?? []).map(({ resource }) => resource)];
  const deployments = all.filter(({ type }) => kindOfType(type) !== undefined);
  const providers = all.filter(({ type }) => [dynamicProviderType, nativeProviderType].includes(type));
  const explicit = providers.filter(isExplicit);
  const byDefault = providers.filter((provider) => !isExplicit(provider));
  const uses = ({ provider }: Resource, { urn }: Resource): boolean => provider?.startsWith(`${urn}::`) === true;
  const live = deployments.filter(({ type }) => type.endsWith(":LiveDeployment"));

  return {
    ids: unique(deployments.flatMap(({ id }) => (id === undefined || id === "" ? [] : [id]))),
    platforms: platformsOf(deployments.filter((one) => !explicit.some((provider) => uses(one, provider)))),
    models: unique(live.map(modelOf).filter((model) => model !== undefined)),
    unreadableModels: live.filter((one) => modelOf(one) === undefined).map(({ urn }) => nameOf(urn)),
    providers: uniqueByUrn(explicit).map((provider) => ({
      urn: provider.urn,
      name: nameOf(provider.urn),
      settings: settingsOf(provider),
      platforms: platformsOf(deployments.filter((one) => uses(one, provider))),
    })),
    creations: (pending_operations ?? [])
      .filter(({ type }) => type === "creating")
      .flatMap(({ resource }) => creationOf(resource)),
    ...(byDefault.length === 0 ? {} : { savedConfig: joined(byDefault.map(settingsOf)) }),
  };
}

function parse(text: string): z.output<typeof exported> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error("it is not JSON, and `pulumi stack export` writes JSON");
  }
  const parsed = exported.safeParse(json);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") || "deployment";
  throw new Error(`it is not what \`pulumi stack export\` writes: see its ${where}`);
}

/** A deployment that is still to be created has no id; its inputs tell the platform. */
function platformsOf(deployments: readonly Resource[]): string[] {
  const found = deployments.map(({ type, id, inputs }) => {
    if (type.endsWith(":LiveDeployment")) return livePlatform.id;
    return id?.split("/")[0] ?? Object.keys(inputs ?? {}).find((key) => platformById(key) !== undefined);
  });
  return unique(found.filter((platform) => platform !== undefined));
}

function creationOf(resource: Resource): Creation[] {
  const { urn, type, inputs = {} } = resource;
  const [platform] = platformsOf([resource]);
  if (kindOfType(type) === undefined || platform === undefined) return [];
  const block = isRecord(inputs[platform]) ? inputs[platform] : inputs;
  const [name, model, branch, modelId] = ["modelName", "modelRid", "branch", "modelId"].map((key) => plain(block[key]));
  if (model !== undefined && branch !== undefined) return [{ urn, platform, name: `${model} ${branch}` }];
  if (modelId !== undefined) return [{ urn, platform, deploymentId: modelId }];
  return name === undefined ? [] : [{ urn, platform, name }];
}

function modelOf({ inputs, outputs }: Resource): string | undefined {
  const candidates = [outputs?.["modelRid"], inputs?.["modelRid"]].map((value) => plain(value));
  return candidates.find((value) => value !== undefined);
}

/** The default provider of dynamic resources has the name that explicit ones may have, too. */
function isExplicit({ type, urn, inputs }: Resource): boolean {
  return type === nativeProviderType ? !isDefaultProvider(urn) : inputs?.[explicitProviderKey] !== undefined;
}

/** With the version of the plugin behind it, in some stacks. */
export function isDefaultProvider(urn: string): boolean {
  return /::default(_[0-9a-z_]+)?$/.test(urn);
}

/** What stands under our keys: a stack's config among others', or the settings of a native provider. */
function settingsOf({ type, inputs = {} }: Resource): SavedSettings {
  const settings: SavedSettings = { values: {}, unreadable: [] };
  const prefix = type === nativeProviderType ? "" : `${namespace}:`;
  for (const [key, value] of Object.entries(inputs)) {
    if (!key.startsWith(prefix) || key === explicitProviderKey) continue;
    const name = key.slice(prefix.length);
    const text = ["number", "boolean"].includes(typeof value) ? String(value) : plain(value);
    if (text === undefined) settings.unreadable.push(name);
    else settings.values[name] = text;
  }
  return settings;
}

/** A stack may have deployments of both forms, with the same config. */
function joined(all: readonly SavedSettings[]): SavedSettings {
  return {
    values: Object.assign({}, ...all.map(({ values }) => values)) as Record<string, string>,
    unreadable: unique(all.flatMap(({ unreadable }) => unreadable)),
  };
}

/** A text as it stands there, or a secret that was exported with `--show-secrets`. */
function plain(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (!isRecord(value) || typeof value["plaintext"] !== "string") return undefined;
  try {
    const secret: unknown = JSON.parse(value["plaintext"]);
    return typeof secret === "string" ? secret : undefined;
  } catch {
    return undefined;
  }
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}

function uniqueByUrn(resources: readonly Resource[]): Resource[] {
  return [...new Map(resources.map((one) => [one.urn, one])).values()];
}
