/** What an import adds to a state. Pure. */
import { randomUUID } from "node:crypto";
import { dynamicProviderType, dynamicType, isNative, nativeType, resourceNameOf } from "../../host/resource-types";
import { secretSignature, signatureKey } from "../../host/wire-secrets";
import { explicitProviderKey } from "../../sdk/provider-keys";
import { CommandError } from "../command-error";
import { isDefaultProvider } from "../stacks/exported-state";
import { findResource, resourcesOf, withResources } from "./stack-state";
import type { StackState, StateResource } from "./stack-state";

export interface AdditionRequest {
  /** The stack's name, and its project's. */
  stack: string;
  project: string;
  /** `ModelDeployment`. */
  kind: string;
  /** The resource's name in the program. */
  name: string;
  id: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  protect: boolean;
  /** Name or URN. */
  parent?: string | undefined;
  /** Name or URN. */
  provider?: string | undefined;
  /** Inputs of the default provider, for a stack that has none yet. */
  settings: Record<string, unknown>;
}

const rootType = "pulumi:pulumi:Stack";

/**
 * The resources to append: the deployment, and before it what it needs and the stack does not have yet.
 *
 * @throws CommandError where they do not fit into the state.
 */
export function additionTo(state: StackState, request: AdditionRequest): StateResource[] {
  refuseUnfinished(state);
  const resources = resourcesOf(state);
  refuseNative(resources, request);
  const prefix = `urn:pulumi:${request.stack}::${request.project}::`;
  const root = resources.find(({ type }) => type === rootType) ?? {
    urn: `${prefix}${rootType}::${request.project}-${request.stack}`,
    custom: false,
    type: rootType,
  };
  const parent = request.parent === undefined ? root : findResource(resources, request.parent, "resource");
  const provider = providerFor(resources, request, prefix);
  const type = dynamicType(request.kind);
  const urn = `${prefix}${qualifiedType(parent, type)}::${request.name}`;
  refuseDuplicates(resources, urn, request.id);
  const deployment: StateResource = {
    urn,
    custom: true,
    id: request.id,
    type,
    inputs: request.inputs,
    outputs: request.outputs,
    parent: parent.urn,
    provider: `${provider.urn}::${provider.id ?? ""}`,
    ...(request.protect ? { protect: true } : {}),
  };
  return [root, provider, deployment].filter((one) => !resources.includes(one));
}

export function withAddition(state: StackState, addition: readonly StateResource[]): StackState {
  return withResources(state, [...resourcesOf(state), ...addition]);
}

/** The stack's and the project's name, as its resources have them; undefined for a stack without any. */
export function ownerOf(state: StackState): { stack: string; project: string } | undefined {
  const [, stack, project] = /^urn:pulumi:([^:]+)::([^:]+)::/.exec(resourcesOf(state)[0]?.urn ?? "") ?? [];
  return stack === undefined || project === undefined ? undefined : { stack, project };
}

/** An operation that goes on would write its own state over what an import adds. */
function refuseUnfinished({ deployment }: StackState): void {
  const [pending] = deployment.pending_operations ?? [];
  if (pending === undefined) return;
  throw new CommandError(
    `an update of the stack goes on, or was interrupted (${pending.type ?? "working on"} ${pending.resource.urn}); wait for its end, or run \`pulumi refresh\`, and try again; nothing was changed`,
  );
}

/** A program of the native form would make it a second time: no dynamic resource stands in its place. */
function refuseNative(resources: readonly StateResource[], { kind, name, id }: AdditionRequest): void {
  const deployments = resources.map(({ type }) => type).filter((type) => resourceNameOf(type) !== undefined);
  if (deployments.length === 0 || !deployments.every(isNative)) return;
  throw new CommandError(
    `the stack's deployments are those of the native plugin, which Pulumi itself can import: run \`pulumi import ${nativeType(kind)} ${name} '${id}'\`; nothing was changed`,
  );
}

function refuseDuplicates(resources: readonly StateResource[], urn: string, id: string): void {
  if (resources.some((one) => one.urn === urn)) {
    throw new CommandError(`the stack's state has ${urn} already; choose another name; nothing was changed`);
  }
  const holder = resources.find((one) => one.id === id && resourceNameOf(one.type) !== undefined);
  if (holder === undefined) return;
  const how = holder["external"] === true ? ", read by `get`" : "";
  throw new CommandError(`the stack's state has ${id} already, as ${holder.urn}${how}; nothing was changed`);
}

/** As Pulumi's SDK makes it: the types of all parents but the stack itself stand before the own one. */
function qualifiedType(parent: StateResource, type: string): string {
  if (parent.type === rootType) return type;
  return `${parent.urn.split("::")[2] ?? parent.type}$${type}`;
}

function providerFor(
  resources: readonly StateResource[],
  { provider: asked, settings }: AdditionRequest,
  prefix: string,
): StateResource {
  const all = resources.filter((one) => one.type === dynamicProviderType && one["delete"] !== true);
  if (asked !== undefined) return findResource(all, asked, "provider");
  const byDefault = all.find(
    ({ urn, inputs }) => isDefaultProvider(urn) && inputs?.[explicitProviderKey] === undefined,
  );
  return (
    byDefault ?? {
      urn: `${prefix}${dynamicProviderType}::default`,
      custom: true,
      id: randomUUID(),
      type: dynamicProviderType,
      inputs: settings,
      outputs: settings,
    }
  );
}

/** A secret that `pulumi stack import` encrypts. */
export function secretInState(value: string): Record<string, unknown> {
  return { [signatureKey]: secretSignature, plaintext: JSON.stringify(value) };
}
