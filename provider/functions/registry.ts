/** The functions of the provider, by the names that programs call. */
import { ProviderError } from "../errors";
import { problemsOf } from "../inputs/schema-check";
import { suggestion } from "../inputs/suggestion";
import type { Problem } from "../platform";
import type { AnyFunction, FunctionCall } from "./function";
import { getDeployment } from "./get-deployment";
import { getDeployments } from "./get-deployments";
import { getGpuAvailability } from "./get-gpu-availability";
import { getModel } from "./get-model";

export const functions = { getDeployment, getDeployments, getGpuAvailability, getModel };

/** What came of a call: what is wrong with its inputs, or its output. */
export type Invocation = { problems: Problem[] } | { output: Record<string, unknown> };

/**
 * Checks the inputs, and asks the platform. @throws ProviderError for a function that does not exist, and when the
 * platform does not tell.
 */
export async function invoke(name: string, inputs: Record<string, unknown>, call: FunctionCall): Promise<Invocation> {
  const known: Record<string, AnyFunction> = functions;
  const found = Object.hasOwn(known, name) ? known[name] : undefined;
  if (found === undefined)
    throw new ProviderError(`there is no function ${name}${suggestion(name, Object.keys(known))}`);
  const problems = problemsOf(found.inputs, inputs);
  if (problems.length > 0) return { problems };
  return { output: (await found.run(found.inputs.parse(inputs), call)) as Record<string, unknown> };
}
