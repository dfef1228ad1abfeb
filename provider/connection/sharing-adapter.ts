/** Lets calls that read at the same time share one look, so that a refresh of a stack needs a few requests. */
import type { Adapter, Call, DeploymentReference, Snapshot } from "../platform";
import type { Clock } from "../wait/clock";
import type { Scope, SharedLooks } from "./shared-looks";

/**
 * The same adapter. A call that lets what it sees be older than now may get it from a look that another
 * call has begun, as long as nothing follows from it: whatever may lead to a repair, a replacement or an
 * alarm is looked at by itself.
 */
export function sharingAdapter<Inputs>(
  adapter: Adapter<Inputs>,
  looks: SharedLooks<Inputs>,
  clock: Clock,
): Adapter<Inputs> {
  const lastReads = new Map<Scope<Inputs>, { deploymentId: string; atMs: number }>();

  async function seenTogether(
    reference: DeploymentReference,
    inputs: Inputs | undefined,
    call: Call,
  ): Promise<Snapshot<Inputs> | undefined> {
    const scope = call.maximumAgeMs > 0 ? looks.scopeOf(inputs) : undefined;
    if (scope === undefined) return undefined;
    const isSecond = noteRead(scope, reference, call);
    const snapshot = await scope.see(reference, inputs, call, () => isSecond);
    return snapshot?.phase === "ready" ? snapshot : undefined;
  }

  /** The first of several looks for itself, as it may be the only one; the second looks at all. */
  function noteRead(scope: Scope<Inputs>, { deploymentId }: DeploymentReference, { maximumAgeMs }: Call): boolean {
    const last = lastReads.get(scope);
    lastReads.set(scope, { deploymentId, atMs: clock.now() });
    return last !== undefined && last.deploymentId !== deploymentId && clock.now() - last.atMs <= maximumAgeMs;
  }

  /** What was seen before a change, or while it was under way, says nothing after it. */
  async function changing<Result>(deploymentId: string, run: () => Promise<Result>): Promise<Result> {
    try {
      return await run();
    } finally {
      looks.forget(deploymentId);
    }
  }

  return {
    ...adapter,
    observe: async (reference, inputs, call) =>
      (await seenTogether(reference, inputs, call)) ?? adapter.observe(reference, inputs, call),
    async create(inputs, call) {
      const reference = await adapter.create(inputs, call);
      looks.forget(reference.deploymentId);
      return reference;
    },
    update: (reference, change, call) =>
      changing(reference.deploymentId, () => adapter.update(reference, change, call)),
    delete: (reference, call) => changing(reference.deploymentId, () => adapter.delete(reference, call)),
  };
}
