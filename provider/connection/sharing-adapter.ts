/**
 * Lets calls that read or wait at the same time share one look at many deployments, so that a refresh of
 * a stack needs a few requests and not one for each deployment, and a wait not many for each.
 */
import type { Adapter, Call, DeploymentReference, Overview, Snapshot } from "../platform";
import type { Clock } from "../wait/clock";

/** A look that failed is not tried again for this long: a list may be forbidden where single reads are not. */
const pauseAfterFailureMs = 60_000;

/** What was read lately in one scope. */
interface Scope<Inputs> {
  /** The newest look at one deployment by itself. */
  single?: { deploymentId: string; atMs: number };
  overview?: { begunMs: number; seen: Promise<Overview<Inputs> | undefined> };
  failedMs?: number;
}

/**
 * The same adapter. A call that lets what it sees be older than now may get it from a look that another
 * call has begun, as long as nothing follows from it: whatever may lead to a repair, a replacement, an
 * alarm or the end of a wait is looked at by itself.
 */
export function sharingAdapter<Inputs>(adapter: Adapter<Inputs>, clock: Clock): Adapter<Inputs> {
  const { overview } = adapter;
  if (overview === undefined) return adapter;
  const scopes = new Map<string, Scope<Inputs>>();

  async function seenTogether(
    { deploymentId, details }: DeploymentReference,
    inputs: Inputs | undefined,
    call: Call,
  ): Promise<Snapshot<Inputs> | undefined> {
    const name = call.maximumAgeMs > 0 ? overview?.scopeOf(inputs) : undefined;
    if (name === undefined) return undefined;
    const scope = scopes.get(name) ?? {};
    scopes.set(name, scope);
    if (!isNew(scope.overview?.begunMs, call)) {
      if (!isWorthIt(scope, deploymentId, call)) return undefined;
      scope.overview = { begunMs: clock.now(), seen: begin(scope, name, call) };
    }
    const snapshot = (await scope.overview?.seen)?.of({ deploymentId, details }, inputs);
    const { sharedPhases = ["ready"] } = call;
    return snapshot !== undefined && sharedPhases.includes(snapshot.phase) ? snapshot : undefined;
  }

  /** The first of several looks for itself, as it may be the only one; the second looks at all. */
  function isWorthIt(scope: Scope<Inputs>, deploymentId: string, call: Call): boolean {
    const { single, failedMs = -Infinity } = scope;
    scope.single = { deploymentId, atMs: clock.now() };
    const isSecond = isNew(single?.atMs, call) && single?.deploymentId !== deploymentId;
    return isSecond && clock.now() - failedMs >= pauseAfterFailureMs;
  }

  function isNew(sinceMs: number | undefined, { maximumAgeMs }: Call): boolean {
    return sinceMs !== undefined && clock.now() - sinceMs <= maximumAgeMs;
  }

  async function begin(scope: Scope<Inputs>, name: string, call: Call): Promise<Overview<Inputs> | undefined> {
    try {
      return await overview?.look(name, call);
    } catch {
      // All that wait for it look by themselves, and each tells what is wrong.
      scope.failedMs = clock.now();
      delete scope.overview;
      return undefined;
    }
  }

  /** What was seen before a change says nothing after it. */
  async function changing<Result>(run: () => Promise<Result>): Promise<Result> {
    scopes.clear();
    try {
      return await run();
    } finally {
      scopes.clear();
    }
  }

  return {
    ...adapter,
    observe: async (reference, inputs, call) =>
      (await seenTogether(reference, inputs, call)) ?? adapter.observe(reference, inputs, call),
    create: (inputs, call) => changing(() => adapter.create(inputs, call)),
    update: (reference, change, call) => changing(() => adapter.update(reference, change, call)),
    delete: (reference, call) => changing(() => adapter.delete(reference, call)),
  };
}
