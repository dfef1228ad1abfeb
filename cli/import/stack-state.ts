/** The state of a stack as `pulumi stack export` writes it, with secrets as they are encrypted. Pure. */
import { z } from "zod";
import { CommandError } from "../command-error";

/** Members that are not named here stay as they are. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string | undefined;
  parent?: string | undefined;
  provider?: string | undefined;
  inputs?: Record<string, unknown> | undefined;
  outputs?: Record<string, unknown> | undefined;
  dependencies?: string[] | null | undefined;
  [member: string]: unknown;
}

export interface StackState {
  deployment: {
    resources?: StateResource[] | null | undefined;
    pending_operations?:
      { type?: string | undefined; resource: { urn: string; [member: string]: unknown } }[] | null | undefined;
    [member: string]: unknown;
  };
  [member: string]: unknown;
}

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  parent: z.string().optional(),
  provider: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
  dependencies: z.array(z.string()).nullish(),
});

const exported = z.looseObject({
  deployment: z.looseObject({
    resources: z.array(resource).nullish(),
    pending_operations: z
      .array(z.looseObject({ type: z.string().optional(), resource: z.looseObject({ urn: z.string() }) }))
      .nullish(),
  }),
});

/** @throws CommandError when it is none. */
export function parseStackState(text: string): StackState {
  const parsed = exported.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new CommandError(`the stack's state is not understood: see its ${where === "" ? "beginning" : where}`);
}

export function resourcesOf({ deployment }: StackState): StateResource[] {
  return deployment.resources ?? [];
}

export function withResources(state: StackState, resources: StateResource[]): StackState {
  return { ...state, deployment: { ...state.deployment, resources } };
}

export function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}

/** @throws CommandError when none, or several, have the name. */
export function findResource(candidates: readonly StateResource[], nameOrUrn: string, what: string): StateResource {
  const found = candidates.filter(({ urn }) => urn === nameOrUrn || nameOf(urn) === nameOrUrn);
  const [only, ...others] = found;
  if (only === undefined)
    throw new CommandError(
      `the stack's state has no ${what} ${nameOrUrn}; run \`pulumi up\` first, or correct the name`,
    );
  if (others.length > 0)
    throw new CommandError(`${found.length} resources of the state are called ${nameOrUrn}; give the URN of one`);
  return only;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
