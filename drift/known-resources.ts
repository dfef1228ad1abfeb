/** The resources of a stack's state that can be looked at. */
import type { Stack } from "@pulumi/pulumi/automation";
import { resourceNameOf } from "../host/resource-types";
import { createRedactor } from "../provider/redaction";
import type { Redactor } from "../provider/redaction";
import { commandErrorText } from "./command-error";
import { deploymentKindOf } from "./deployment-kind";
import { secretTexts } from "./masked";

export interface KnownResource {
  urn: string;
  type: string;
  id: string;
  ignoreChanges: readonly string[];
}

export interface KnownStack {
  resources: KnownResource[];
  /** Knows every secret of the state: messages of other providers may hold some. */
  redactor: Redactor;
  /** Why the state could not be read. */
  errors: string[];
}

/** A resource as the state holds it. */
interface SavedResource {
  urn: string;
  type: string;
  id?: string;
  custom?: boolean;
  delete?: boolean;
  ignoreChanges?: string[];
}

/** The part of an exported state that is read. */
interface ExportedState {
  deployment?: { resources?: SavedResource[] };
}

/** Resolves whatever happens. */
export async function readKnownStack(stack: Stack, onlyInference: boolean): Promise<KnownStack> {
  try {
    const exported: ExportedState = await stack.exportStack();
    const resources = exported.deployment?.resources ?? [];
    return knownStack(resources, onlyInference);
  } catch (error) {
    return {
      resources: [],
      redactor: createRedactor(),
      errors: [`the state cannot be read: ${commandErrorText(error)}`],
    };
  }
}

function knownStack(resources: readonly SavedResource[], onlyInference: boolean): KnownStack {
  const known = resources
    .filter(isLookedAt)
    .map(({ urn, type, id = "", ignoreChanges = [] }) => ({ urn, type, id, ignoreChanges }))
    .filter((resource) => !onlyInference || deploymentKindOf(resource) !== undefined);
  return { resources: known, redactor: createRedactor(secretTexts(resources)), errors: [] };
}

/**
 * Left out: components, providers, what only waits for its deletion after a replacement, and what only waits
 * for deployments, which are judged themselves.
 */
function isLookedAt({ type, custom, delete: isOutdated }: SavedResource): boolean {
  const isWait = resourceNameOf(type) === "Readiness";
  return custom === true && isOutdated !== true && !isWait && !type.startsWith("pulumi:providers:");
}
