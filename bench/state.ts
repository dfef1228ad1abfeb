/** How large a state is. */
import { readFileSync } from "node:fs";
import type { StateFigures } from "./measurement";

interface Resource {
  type: string;
  inputs?: { __provider?: string };
  outputs?: { __provider?: string; createdMs?: number };
}

interface Checkpoint {
  checkpoint: { latest: { resources?: Resource[] } };
}

/** As the engine indents the file. */
const indentation = 4;

export function countDeployments(file: string): number {
  return deploymentsIn(parse(file)).length;
}

/** When the first resource of the empty program was made; others don't tell. */
export function firstCreateMs(file: string): number | undefined {
  const moments = deploymentsIn(parse(file)).map(({ outputs }) => outputs?.createdMs);
  const known = moments.filter((moment) => moment !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/**
 * A deployment's share is what the file would lack without the program's resources: the rest of it
 * does not grow with them. What waits for all deployments of a fleet is shared by them.
 */
export function stateFigures(file: string): StateFigures {
  const state = parse(file);
  const deployments = deploymentsIn(state).length;
  const code = resourcesIn(state).map(
    ({ inputs, outputs }) => byteLength(inputs?.__provider) + byteLength(outputs?.__provider),
  );
  return {
    bytesPerResource: (readFileSync(file).length - byteLength(withoutResources(state))) / deployments,
    codeBytesPerResource: code.reduce((total, bytes) => total + bytes, 0) / deployments,
  };
}

function deploymentsIn(state: Checkpoint): Resource[] {
  return resourcesIn(state).filter(({ type }) => !/:(Fleet|Readiness)$/.test(type));
}

/** The program's own: neither the stack nor a provider. */
function resourcesIn({ checkpoint }: Checkpoint): Resource[] {
  return (checkpoint.latest.resources ?? []).filter(isProgramsOwn);
}

function isProgramsOwn({ type }: Resource): boolean {
  return !type.startsWith("pulumi:");
}

function withoutResources(state: Checkpoint): string {
  const { latest } = state.checkpoint;
  const resources = (latest.resources ?? []).filter((one) => !isProgramsOwn(one));
  return JSON.stringify(
    { ...state, checkpoint: { ...state.checkpoint, latest: { ...latest, resources } } },
    undefined,
    indentation,
  );
}

function parse(file: string): Checkpoint {
  return JSON.parse(readFileSync(file, "utf8")) as Checkpoint;
}

function byteLength(text: string | undefined): number {
  return Buffer.byteLength(text ?? "");
}
