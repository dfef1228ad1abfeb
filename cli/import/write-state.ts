/** Writes a changed state, and looks whether it is what Pulumi has then. */
import { messageOf } from "../../provider/errors";
import { CommandError } from "../command-error";
import type { PulumiCommand } from "../pulumi-command";
import { parseStackState } from "./stack-state";
import type { StackState } from "./stack-state";

export interface ReadState {
  /** As Pulumi wrote it. */
  text: string;
  state: StackState;
}

/** With its secrets encrypted. */
export async function readState(stack: string, pulumi: PulumiCommand): Promise<ReadState> {
  const text = await pulumi.run("stack", "export", "--stack", stack);
  return { text, state: parseStackState(text) };
}

/**
 * One command of Pulumi's, under its lock: killed in the middle, the state is the old one or the new one.
 *
 * @param backup the file with the state before.
 * @returns the state that Pulumi has then.
 */
export async function writeState(
  stack: string,
  state: StackState,
  backup: string,
  pulumi: PulumiCommand,
): Promise<StackState> {
  try {
    await pulumi.feed(JSON.stringify(state), "stack", "import", "--stack", stack);
  } catch (error) {
    throw new CommandError(`${messageOf(error)}; the state as it was before is in ${backup}`);
  }
  return (await readState(stack, pulumi)).state;
}
