/** What `pulumi preview` says will happen to deployments. Pure. */
import { z } from "zod";
import { kindOfType } from "../../host/kind-of-type";
import { typeIn } from "../../host/resource-types";
import { diff } from "../../provider/lifecycle/diff";
import { modelDeployment } from "../../provider/resources/model-deployment";
import type { Block, Properties, ResourceKind } from "../../provider/resources/resource-kind";
import { CommandError } from "../command-error";

export type Operation = "create" | "update" | "replace" | "delete" | "same";

export interface PlannedDeployment {
  urn: string;
  name: string;
  kind: ResourceKind;
  operation: Operation;
  /** The platform's block before, and after; absent where there is none, or it is not known yet. */
  before?: Block;
  after?: Block;
  /** A replacement whose old deployment is removed only when the new one stands, unless the program says otherwise. */
  overlaps: boolean;
  /** URN of the provider. */
  provider: string;
  maxUsdPerHour?: number;
}

const side = z.looseObject({
  type: z.string(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  provider: z.string().optional(),
});

const preview = z.object({
  steps: z
    .array(z.object({ op: z.string(), urn: z.string(), oldState: side.optional(), newState: side.optional() }))
    .default([]),
});

type Step = z.output<typeof preview>["steps"][number];

/** @param text what `pulumi preview --json --show-sames` wrote. @throws CommandError for anything else. */
export function readPreview(text: string): PlannedDeployment[] {
  const parsed = preview.safeParse(jsonOf(text));
  if (!parsed.success) throw new CommandError("what `pulumi preview --json` wrote is not understood");
  const byUrn = new Map<string, Step[]>();
  for (const step of parsed.data.steps) {
    const { type } = step.newState ?? step.oldState ?? { type: "" };
    if (kindOfType(type) === undefined || step.op.startsWith("read")) continue;
    byUrn.set(step.urn, [...(byUrn.get(step.urn) ?? []), step]);
  }
  return [...byUrn.entries()].map(([urn, steps]) => planned(urn, steps));
}

function planned(urn: string, steps: readonly Step[]): PlannedDeployment {
  const operation = operationOf(steps.map(({ op }) => op));
  const [before, after] = [
    steps.find(({ oldState }) => oldState)?.oldState,
    steps.find(({ newState }) => newState)?.newState,
  ];
  const kind = kindOfType(typeIn(urn)) ?? modelDeployment;
  const inputs: Properties = after?.inputs ?? {};
  const [from, to] = [blockOf(kind, before?.inputs), blockOf(kind, inputs)];
  const reference = after?.provider ?? before?.provider ?? "";
  return {
    urn,
    name: urn.split("::").at(-1) ?? urn,
    kind,
    operation,
    ...(from === undefined || operation === "create" ? {} : { before: from }),
    ...(to === undefined || operation === "delete" ? {} : { after: to }),
    overlaps: operation === "replace" && !diff(kind, before?.inputs ?? {}, inputs).deleteBeforeReplace,
    provider: reference.slice(0, Math.max(0, reference.lastIndexOf("::"))),
    ...(typeof inputs["maxUsdPerHour"] === "number" ? { maxUsdPerHour: inputs["maxUsdPerHour"] } : {}),
  };
}

function blockOf(kind: ResourceKind, inputs: Properties | undefined): Block | undefined {
  return inputs === undefined ? undefined : kind.blockOf(inputs);
}

function operationOf(operations: readonly string[]): Operation {
  if (operations.some((one) => one.includes("replace"))) return "replace";
  const found = (["create", "update", "delete"] as const).find((one) => operations.includes(one));
  return found ?? (operations.includes("import") ? "create" : "same");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
