/** The deployments that a readiness is about, from its inputs or its state. */
import { ProviderError } from "../errors";
import { parseIdentifier } from "../lifecycle/identifier";
import type { DeploymentReference } from "../platform";
import { livePlatform, modelPlatforms } from "../platforms/registry";
import { isRecord } from "../resources/resource-kind";
import type { AnyPlatform, Properties } from "../resources/resource-kind";

export interface Member {
  name: string;
  /** The deployment's resource id. */
  id: string;
  platform: AnyPlatform;
  reference: DeploymentReference;
  generation: number;
  inputs: Properties;
}

export const platforms: readonly AnyPlatform[] = [...Object.values(modelPlatforms), livePlatform];

/** @throws ProviderError where there is nothing to look at, as after a `get` by id. */
export function membersOf({ deployments }: Properties): Member[] {
  if (!isRecord(deployments)) throw notFromAnId();
  return Object.entries(deployments).map(([name, one]) => memberOf(name, isRecord(one) ? one : {}));
}

export function notFromAnId(): ProviderError {
  return new ProviderError(
    "a Readiness cannot be imported or got by an id: no platform knows it; write it into the program, and `pulumi up` makes it",
  );
}

/** @throws ProviderError for an id of no platform. */
export function platformOf(id: string): AnyPlatform {
  const { platform: name } = parseIdentifier(
    id,
    platforms.map(({ id }) => id),
  );
  return platforms.find(({ id }) => id === name) as AnyPlatform;
}

/** What was learnt of the same deployments since then, where none was changed meanwhile. */
export function withKnownDetails(members: readonly Member[], known: readonly Member[]): Member[] {
  return members.map((member) => {
    const same = known.find(({ name, id, generation }) => {
      return name === member.name && id === member.id && generation === member.generation;
    });
    if (same === undefined) return member;
    const details = { ...member.reference.details, ...same.reference.details };
    return { ...member, reference: { ...member.reference, details } };
  });
}

/** As it stands in a state: no more than is needed to look again. */
export function memberState({ id, generation, platform, reference, inputs }: Member): Properties {
  const details = picked(reference.details, platform.observed.details);
  return {
    id,
    ...(generation === 0 ? {} : { generation }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
    ...(Object.keys(inputs).length === 0 ? {} : { inputs }),
  };
}

function memberOf(name: string, { id, generation, details, inputs }: Properties): Member {
  const platform = platformOf(String(id));
  return {
    name,
    id: String(id),
    platform,
    reference: {
      deploymentId: String(id).slice(platform.id.length + 1),
      details: picked(isRecord(details) ? details : {}, platform.observed.details),
    },
    generation: typeof generation === "number" ? generation : 0,
    inputs: isRecord(inputs) ? inputs : {},
  };
}

function picked(values: Properties, keys: readonly string[]): Properties {
  return Object.fromEntries(keys.filter((key) => values[key] !== undefined).map((key) => [key, values[key]]));
}
