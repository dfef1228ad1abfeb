/** What a deployment looks like in state: the inputs, and what the platform told. */
import type { DeploymentReference, Phase, Snapshot } from "../platform";
import type { Redactor } from "../redaction";
import { isRecord } from "../resources/resource-kind";
import type { Block, Properties } from "../resources/resource-kind";

/**
 * Set while a wait is unfinished, so that a refresh, which clears the engine's own note of it, does
 * not lose it. Hidden from displays by the underscores.
 */
export const awaitingKey = "__awaiting";

/** The outputs that this package adds to the inputs. */
export interface Outputs {
  platform: string;
  deploymentId: string;
  endpoint?: string | undefined;
  model?: string | undefined;
  status: Phase;
  platformStatus: string;
  ready: boolean;
  reason?: string | undefined;
  replicas?: Snapshot["replicas"];
  details: Record<string, unknown>;
  /** 1 when it was made, and one more with each change that the platform took. */
  generation?: number | undefined;
}

export function toState(
  inputs: Properties,
  block: Block,
  reference: DeploymentReference,
  snapshot: Snapshot,
  redactor: Redactor,
): Properties {
  const outputs: Outputs = {
    platform: block.platform.id,
    deploymentId: reference.deploymentId,
    endpoint: redactTexts(snapshot.endpoint, redactor),
    model: redactTexts(snapshot.model, redactor),
    status: snapshot.phase,
    platformStatus: redactTexts(snapshot.platformStatus, redactor),
    ready: snapshot.phase === "ready",
    reason: snapshot.reason,
    replicas: snapshot.replicas,
    details: redactTexts({ ...reference.details, ...snapshot.details }, redactor),
  };
  return withoutUndefined({ ...inputs, ...outputs }) as Properties;
}

export function withGeneration(state: Properties, generation: unknown): Properties {
  return typeof generation === "number" ? { ...state, generation } : state;
}

/** States from before it was counted have none. */
export function generationOf({ generation }: Properties): number {
  return typeof generation === "number" ? generation : 0;
}

export function referenceFrom(state: Properties, deploymentId: string): DeploymentReference {
  return { deploymentId, details: isRecord(state["details"]) ? state["details"] : {} };
}

export function phaseOf(state: Properties): Phase | undefined {
  return state["status"] as Phase | undefined;
}

/** The platform may echo a credential in what it tells. */
export function redactTexts<Value>(value: Value, redactor: Redactor): Value {
  if (typeof value === "string") return redactor.redactValue(value) as Value;
  if (Array.isArray(value)) return value.map((item: unknown) => redactTexts(item, redactor)) as Value;
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactTexts(item, redactor)])) as Value;
}

/** Members that are undefined cannot travel to the engine. */
export function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (!isRecord(value)) return value;
  const defined = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(defined.map(([key, item]) => [key, withoutUndefined(item)]));
}
