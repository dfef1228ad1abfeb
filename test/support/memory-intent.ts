/** A note that outlives a run within a test. */
import type { Intent, IntentRecord } from "../../provider/intent/intent";

export interface MemoryIntent extends IntentRecord {
  /** What it says now. */
  readonly note: Intent | undefined;
  /** Nothing that follows is written, as after a kill. */
  freeze(): void;
}

export function memoryIntent(urn = "urn:pulumi:test::test::t::model"): MemoryIntent {
  let note: Intent | undefined;
  let isFrozen = false;
  return {
    get note() {
      return note;
    },
    freeze: () => void (isFrozen = true),
    read: () => Promise.resolve(note),
    write(intent) {
      if (!isFrozen) note = { urn, ...intent };
      return Promise.resolve();
    },
    remove() {
      if (!isFrozen) note = undefined;
      return Promise.resolve();
    },
  };
}
