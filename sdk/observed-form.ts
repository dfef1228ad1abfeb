/** What a `Readiness` has to know of a deployment, from the resource and what the program gave to it. */
import * as pulumi from "@pulumi/pulumi";
import { livePlatform, modelPlatforms } from "../provider/platforms/registry";
import type { ReadinessDeployment } from "../provider/readiness/inputs";
import type { AnyPlatform } from "../provider/resources/resource-kind";
import type { Arguments } from "./deep-input";
import type { DeploymentResource } from "./deployment-resource";

interface Declared {
  name: string;
  args: object;
}

const declared = new WeakMap<object, Declared>();
const modelBlocks: readonly AnyPlatform[] = Object.values(modelPlatforms);

/** Keeps what a resource itself does not tell: its name, and its arguments as they were given, each secret or not. */
export function rememberDeclared(resource: object, name: string, args: object): void {
  declared.set(resource, { name, args });
}

/** Undefined for anything but a deployment. */
export function declaredName(resource: unknown): string | undefined {
  return declaredOf(resource)?.name;
}

export function observedForm(resource: DeploymentResource): Arguments<ReadinessDeployment> {
  const { id, generation, platform: platformId, details } = resource;
  const { args = {} } = declaredOf(resource) ?? {};
  const platform = platformOf(args);
  const inputs = platform === undefined ? undefined : observedInputs(platform, args);
  if (platform?.observed.details.length === 0) return { id, generation, ...inputs };
  const observed = pulumi.all([platformId, details]).apply(([found, facts]) => {
    const keys = [...modelBlocks, livePlatform].find(({ id: known }) => known === found)?.observed.details ?? [];
    return picked(facts ?? {}, keys);
  });
  return { id, generation, details: observed, ...inputs };
}

function declaredOf(resource: unknown): Declared | undefined {
  return typeof resource === "object" && resource !== null ? declared.get(resource) : undefined;
}

function platformOf(args: object): AnyPlatform | undefined {
  const block = modelBlocks.find(({ id }) => (args as Record<string, unknown>)[id] !== undefined);
  return block ?? ("modelRid" in args ? livePlatform : undefined);
}

/** One by one, so that a secret beside them makes none of them secret. */
function observedInputs(platform: AnyPlatform, args: object): Pick<Arguments<ReadinessDeployment>, "inputs"> {
  const keys = platform.observed.inputs;
  const block: unknown = platform === livePlatform ? args : (args as Record<string, unknown>)[platform.id];
  if (keys.length === 0) return {};
  if (pulumi.Output.isInstance(block) || block instanceof Promise) {
    return { inputs: pulumi.output(block as Promise<object>).apply((known) => picked(known, keys)) };
  }
  const given = picked(block as object, keys);
  return Object.keys(given).length === 0 ? {} : { inputs: given };
}

function picked(values: object, keys: readonly string[]): Record<string, unknown> {
  const entries = Object.entries(values).filter(([key, value]) => keys.includes(key) && value !== undefined);
  return Object.fromEntries(entries);
}
