/** Whether the user agrees to a change of the state. */
import { CommandError } from "../command-error";
import type { Terminal } from "../terminal";

/** @throws CommandError when nobody is there to ask. */
export async function isAgreed(question: string, yes: boolean, { ask, tell }: Terminal): Promise<boolean> {
  if (yes) return true;
  if (ask === undefined) {
    throw new CommandError("import asks first, and there is no terminal to ask on; add --yes; nothing was changed");
  }
  if (/^y(es)?$/i.test((await ask(`\n${question} [y/N] `)).trim())) return true;
  tell("Nothing was changed.\n");
  return false;
}
