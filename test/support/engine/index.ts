/** The real engine for tests. Stacks are removed, with all their processes, after the last test of the file. */
import { openStack, type Stack, type StackOptions } from "./stack";

export type { OperationResult, RunningOperation } from "./operation";
export type { Program } from "./stack-folder";
export type { ExportedResource, Stack, StackOptions } from "./stack";

/** Against a hang only: a command takes some 3 s, and many times that on a machine under load. */
jest.setTimeout(300_000);

const opened: Stack[] = [];

afterAll(() => {
  for (const stack of opened.splice(0)) stack.remove();
});

export async function createStack(options: StackOptions): Promise<Stack> {
  const stack = await openStack(options);
  opened.push(stack);
  return stack;
}
