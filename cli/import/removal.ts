/** Takes out of a state what an import has added. Pure. */
import { createHash } from "node:crypto";
import { masked } from "../../drift/masked";
import { isRecord } from "../../provider/resources/resource-kind";
import { CommandError } from "../command-error";
import { resourcesOf, withResources } from "./stack-state";
import type { StackState, StateResource } from "./stack-state";

/** A resource that an import has added. */
export interface Added {
  urn: string;
  /** Of its members, so that a later change of it is seen. */
  digest: string;
}

export function addedOf(resource: StateResource): Added {
  return { urn: resource.urn, digest: digestOf(resource) };
}

/**
 * The state without the deployment, and without what else was added and nobody else uses by now.
 *
 * @param added in the order in which they were added: the deployment is the last.
 * @throws CommandError where the deployment has changed since, or something depends on it.
 */
export function withoutAddition(state: StackState, added: readonly Added[]): StackState {
  const deployment = added.at(-1);
  const resources = resourcesOf(state);
  const found = resources.find(({ urn }) => urn === deployment?.urn);
  if (deployment === undefined || found === undefined) {
    throw new CommandError(`the stack's state does not have ${deployment?.urn ?? "it"}: there is nothing to undo`);
  }
  if (digestOf(found) !== deployment.digest) {
    throw new CommandError(
      `${deployment.urn} has changed since its import, by a refresh or an update; to take it out of the state nevertheless, run \`pulumi state delete\`; nothing was changed`,
    );
  }
  const dependent = resources.find((one) => one !== found && uses(one, found));
  if (dependent !== undefined) {
    throw new CommandError(`${dependent.urn} depends on ${deployment.urn}; nothing was changed`);
  }
  return withResources(state, added.reduceRight(withoutUnused, [...resources]));
}

/** A stack's root or a provider that others have come to use stays. */
function withoutUnused(resources: StateResource[], { urn }: Added): StateResource[] {
  const found = resources.find((one) => one.urn === urn);
  if (found === undefined || resources.some((one) => one !== found && uses(one, found))) return resources;
  return resources.filter((one) => one !== found);
}

function uses(one: StateResource, { urn }: StateResource): boolean {
  const { parent, provider, dependencies } = one;
  const byProperty = isRecord(one["propertyDependencies"]) ? Object.values(one["propertyDependencies"]).flat() : [];
  const others = [parent, one["deletedWith"], ...(dependencies ?? []), ...byProperty];
  return others.includes(urn) || provider?.startsWith(`${urn}::`) === true;
}

/** What an update or a refresh may change; not what the engine notes beside it, as times and places in a program. */
function digestOf({ urn, type, id, parent, provider, inputs, outputs, ...others }: StateResource): string {
  const members = { urn, type, id, parent, provider, inputs, outputs, protect: others["protect"] === true };
  return createHash("sha256")
    .update(JSON.stringify(sorted(masked(members))))
    .digest("hex");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(
    entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, item]) => [key, sorted(item)]),
  );
}
