/** What a `pulumi up` on some resources would do, from the events of its preview. */
import type { EngineEvent, PreviewOptions, Stack } from "@pulumi/pulumi/automation";

export interface PlannedStep {
  urn: string;
  /** The resource's name in the program. */
  name: string;
  deed: "create" | "update" | "replace" | "delete";
  /** The inputs that change, as far as Pulumi says. */
  keys: string[];
  /** Names of what uses it and is not part of the plan, where it is made anew. */
  dependents: string[];
}

/** @throws what the preview throws. */
export async function planSteps(stack: Stack, scope: PreviewOptions): Promise<PlannedStep[]> {
  const steps = new Map<string, PlannedStep>();
  const onEvent = (event: EngineEvent): void => {
    const metadata = event.resourcePreEvent?.metadata;
    const deed = metadata === undefined ? undefined : deedOf(metadata.op);
    if (metadata === undefined || deed === undefined || steps.get(metadata.urn)?.deed === "replace") return;
    const { urn, diffs } = metadata;
    const keys = deed === "update" || deed === "replace" ? innermost(diffs ?? []) : [];
    steps.set(urn, { urn, name: urn.split("::").at(-1) ?? urn, deed, keys, dependents: [] });
  };
  await stack.preview({ ...scope, onEvent });
  const anew = [...steps.values()].filter(({ deed }) => deed === "create" || deed === "replace");
  if (anew.length > 0) await addDependents(stack, anew, new Set(steps.keys()));
  return [...steps.values()];
}

/** Of a replacement, Pulumi tells its creation, the replacement and the deletion. A refresh changes nothing there. */
function deedOf(op: string): PlannedStep["deed"] | undefined {
  if (/replace/.test(op)) return "replace";
  return op === "create" || op === "update" || op === "delete" ? op : undefined;
}

/** Pulumi tells `deepinfra` beside `deepinfra.settings`. */
function innermost(keys: readonly string[]): string[] {
  const told = keys.filter((key) => !key.startsWith("__"));
  return told.filter((key) => !told.some((other) => other.startsWith(`${key}.`) || other.startsWith(`${key}[`)));
}

interface StateResource {
  urn: string;
  dependencies?: string[];
}

async function addDependents(stack: Stack, anew: PlannedStep[], planned: ReadonlySet<string>): Promise<void> {
  const exported = await stack.exportStack();
  const { resources = [] } = exported.deployment as { resources?: StateResource[] };
  for (const step of anew) {
    const users = resources.filter(({ urn, dependencies }) => dependencies?.includes(step.urn) && !planned.has(urn));
    step.dependents = users.map(({ urn }) => urn.split("::").at(-1) ?? urn);
  }
}
