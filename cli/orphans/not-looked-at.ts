import { messageOf } from "../../provider/errors";
import type { AnyPlatform } from "../../provider/resources/resource-kind";
import type { ShownStack } from "./stacks";

/** What a report does not cover: said aloud, so that nobody takes silence for an all-clear. */
export interface NotLookedAt {
  what: string;
  reason: string;
  /** It was to be looked at and could not be: the command ends with an error. */
  failed: boolean;
  /** Deployments of a stack may be shown as orphans because of it. */
  hidesKnown?: boolean;
}

/** Why not, without the platform's title, which stands in `what` already. */
export function reasonOf(error: unknown, { title }: AnyPlatform): string {
  const message = messageOf(error);
  return message.startsWith(`${title}: `) ? message.slice(title.length + 2) : message;
}

/** Models of Foundry that a program keeps secret, so that their deployments cannot be listed. */
export function unreadableModels(stacks: readonly ShownStack[]): NotLookedAt[] {
  return stacks.flatMap(({ name, known }) =>
    known.unreadableModels.map((deployment) => ({
      what: `the model of ${deployment} in ${name}`,
      reason: "its modelRid cannot be read in the state; name it with --model",
      failed: false,
    })),
  );
}
