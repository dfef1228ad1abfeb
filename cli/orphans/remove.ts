/** `--remove`: which orphans go, who agreed to it, and what came of it. */
import { messageOf } from "../../provider/errors";
import { removeAndWait } from "../../provider/lifecycle/delete";
import type { OrphansOptions } from "./options";
import type { Orphan } from "./orphan";
import { CommandError } from "../command-error";
import { quietCall } from "../stacks/quiet-call";
import { removalCommand } from "./report";
import type { Report } from "./report";
import type { Terminal } from "../terminal";
import { visible } from "./words";

export interface Removal {
  orphan: Orphan;
  outcome: "removed" | "failed";
  error?: string;
}

/**
 * The orphans that are to go: those that were named, or all but those that a run may be making.
 *
 * @throws CommandError for an id that is no orphan, and where "all" may hold what somebody needs.
 */
export function chooseOrphans(report: Report, options: OrphansOptions): Orphan[] {
  const { orphans, notLookedAt } = report;
  const ids = options.remove ?? [];
  if (ids.length === 0) {
    refuseGuesses(report, options);
    return orphans.filter(({ isFresh, request }) => !isFresh && request === undefined);
  }
  return ids.flatMap((id) => {
    const named = orphans.filter((orphan) => orphan.id === id);
    if (named.length > 0) return named;
    const doubt = notLookedAt.some(({ failed }) => failed) ? ", or stands where it could not be looked" : "";
    throw new CommandError(`${id} is no orphan: a stack shown has it, or it does not run${doubt}; nothing was removed`);
  });
}

/** Without ids, all that the stacks shown do not know is taken: they must be all there are, as far as anybody can say. */
function refuseGuesses({ notLookedAt }: Report, { withoutStacks, allStacks, stack, state, yes }: OrphansOptions): void {
  const unread = notLookedAt.find(({ hidesKnown }) => hidesKnown === true);
  if (unread !== undefined) {
    throw new CommandError(
      `${unread.what} could not be read, and may have what is shown here; name what is to be removed: --remove <id>; nothing was removed`,
    );
  }
  const isGuess = withoutStacks || (yes && !allStacks && stack.length + state.length === 0);
  if (!isGuess) return;
  throw new CommandError(
    "other stacks may use the account, and --remove without ids takes all that they have; name the ids, or the stacks with --stack or --all-stacks; nothing was removed",
  );
}

/** @returns false when the user does not agree. @throws CommandError when nobody is there to ask. */
export async function isAgreed(
  chosen: readonly Orphan[],
  report: Report,
  { yes }: OrphansOptions,
  { ask, tell }: Terminal,
): Promise<boolean> {
  if (yes) return true;
  if (ask === undefined) {
    throw new CommandError("--remove asks first, and there is no terminal to ask on; add --yes; nothing was removed");
  }
  const compared = report.stacks.map(({ name }) => name).join(", ") || "no stack";
  tell(`\nTo be removed:\n${chosen.map(({ id, name }) => `  ${visible(id)}  ${visible(name)}\n`).join("")}`);
  tell(`They stop serving. They were compared with ${compared} only: another stack or person may need them.\n`);
  return /^y(es)?$/i.test((await ask("Remove them? [y/N] ")).trim());
}

/** Each is asked to go, and looked at until it is gone. */
export function removeAll(chosen: readonly Orphan[], report: Report, signal: AbortSignal): Promise<Removal[]> {
  return Promise.all(
    chosen.map(async (orphan): Promise<Removal> => {
      const { account, reference } = orphan;
      const { connection } = account;
      const again = removalCommand(report, orphan);
      try {
        await removeAndWait(quietCall(connection, signal), connection, reference, undefined, again);
        return { orphan, outcome: "removed" };
      } catch (error) {
        return { orphan, outcome: "failed", error: messageOf(error) };
      }
    }),
  );
}

/** A line for each, and what stays behind on its platform. */
export function removalText(removals: readonly Removal[], skipped: readonly Orphan[]): string {
  const lines = removals.map(({ orphan, outcome, error = "" }) =>
    outcome === "removed" ? `${orphan.id}: removed` : `${orphan.id}: not removed: ${error}`,
  );
  const kept = skipped.map(({ id }) => `${id}: left alone, since a run may be making it; name it to remove it`);
  const removed = removals.filter(({ outcome }) => outcome === "removed");
  const notes = removed.map(({ orphan }) => orphan.account.connection.implementation.leavesBehind);
  const behind = [...new Set(notes.filter((note) => note !== undefined))];
  return `${[...lines, ...kept, ...behind].map(visible).join("\n")}\n`;
}
