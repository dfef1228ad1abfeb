/** The notes of creations on one machine, in the time of the simulated platforms. */
import type { Intent, IntentRecord } from "../../provider/intent/intent";
import type { World } from "./world";

export interface Notes {
  of(urn: string): IntentRecord;
  /** Nothing is written any more, as after a kill. */
  freeze(): void;
  /** The next run can write again, on this machine or on a new one. */
  thaw(): void;
}

export function createNotes(world: World, keepsNotes: boolean): Notes {
  const notes = new Map<string, Intent>();
  let isFrozen = false;

  function writing(write: () => void): Promise<void> {
    if (!isFrozen) write();
    return Promise.resolve();
  }

  return {
    of: (urn) => ({
      read: () => Promise.resolve(notes.get(urn)),
      write: (intent) =>
        writing(() => {
          // The core takes the machine's time, which is not the one that passes here.
          const isRepeated = notes.get(urn)?.startedAt === intent.startedAt;
          notes.set(urn, { urn, ...intent, startedAt: isRepeated ? intent.startedAt : world.timestamp() });
        }),
      remove: () => writing(() => void notes.delete(urn)),
    }),
    freeze: () => void (isFrozen = true),
    thaw() {
      isFrozen = false;
      if (!keepsNotes) notes.clear();
    },
  };
}
