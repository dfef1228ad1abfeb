/** Refuses what cannot be waited for. Values that are not known yet pass. */
import type { Connections } from "../connection/connection";
import { ProviderError } from "../errors";
import { suggestion } from "../inputs/suggestion";
import { isUnknown } from "../inputs/unknown";
import { checkCredentials, sentence } from "../lifecycle/check";
import type { CheckResult } from "../lifecycle/check";
import type { Problem } from "../platform";
import { isRecord } from "../resources/resource-kind";
import type { AnyPlatform, Properties } from "../resources/resource-kind";
import { platformOf } from "./members";

export const inputKeys = ["deployments"];
const memberKeys = ["id", "generation", "details", "inputs"];

export function check(inputs: Properties, connections: Connections): CheckResult {
  const { deployments } = inputs;
  const problems = [...unknownKeys(inputs, inputKeys, ""), ...checkMembers(deployments)];
  const members = isRecord(deployments) ? Object.values(deployments) : [];
  const platforms = new Set(members.map(knownPlatform).filter((platform) => platform !== undefined));
  const failures = [...platforms].flatMap((platform) => checkCredentials(platform, connections));
  return { failures: [...problems.map(sentence), ...failures], warnings: [], notes: [] };
}

function checkMembers(deployments: unknown): Problem[] {
  const path = "deployments";
  if (isUnknown(deployments)) return [];
  if (!isRecord(deployments)) return [{ path, message: "must name the deployments to wait for" }];
  if (Object.keys(deployments).length === 0) return [{ path, message: "must name at least one deployment" }];
  return Object.entries(deployments).flatMap(([name, member]) => checkMember(`${path}.${name}`, member));
}

function checkMember(path: string, member: unknown): Problem[] {
  if (isUnknown(member)) return [];
  if (!isRecord(member)) return [{ path, message: "must be an object with the deployment's id" }];
  const { id, generation, details, inputs } = member;
  const problems = [...unknownKeys(member, memberKeys, path), ...checkId(`${path}.id`, id)];
  if (!mayBe(generation, (value) => Number.isInteger(value) && (value as number) >= 0)) {
    problems.push({ path: `${path}.generation`, message: "must be the deployment's own output `generation`" });
  }
  if (!mayBe(details, isRecord)) problems.push({ path: `${path}.details`, message: "must be an object" });
  if (!mayBe(inputs, isRecord)) problems.push({ path: `${path}.inputs`, message: "must be an object" });
  const platform = knownPlatform(member);
  if (platform !== undefined && isRecord(inputs)) {
    problems.push(...unknownKeys(inputs, platform.observed.inputs, `${path}.inputs`));
  }
  return problems;
}

function checkId(path: string, id: unknown): Problem[] {
  if (isUnknown(id)) return [];
  if (typeof id !== "string") return [{ path, message: "must be the deployment's `id`" }];
  try {
    platformOf(id);
    return [];
  } catch (error) {
    if (error instanceof ProviderError) return [{ path, message: error.message }];
    throw error;
  }
}

function knownPlatform(member: unknown): AnyPlatform | undefined {
  const id = isRecord(member) ? member["id"] : undefined;
  return typeof id === "string" && !isUnknown(id) && checkId("", id).length === 0 ? platformOf(id) : undefined;
}

function mayBe(value: unknown, holds: (value: unknown) => boolean): boolean {
  return value === undefined || isUnknown(value) || holds(value);
}

function unknownKeys(values: Properties, known: readonly string[], within: string): Problem[] {
  return Object.keys(values)
    .filter((key) => !known.includes(key) && !key.startsWith("__") && values[key] !== undefined)
    .map((key) => ({
      path: within === "" ? key : `${within}.${key}`,
      message: `is not a known property${suggestion(key, known)}`,
    }));
}
