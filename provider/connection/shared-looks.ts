/** Looks at many deployments of an account at once, each kept for a moment for all that look at the same time. */
import type { Adapter, Call, DeploymentReference, Overview, Snapshot } from "../platform";
import type { Clock } from "../wait/clock";

/** A look that failed is not tried again for this long: a list may be forbidden where single reads are not. */
const pauseAfterFailureMs = 60_000;
/** A look that hangs must not hold those that come after it. */
const patienceMs = 5_000;

export interface SharedLooks<Inputs> {
  /** Whether what is seen may be a moment behind. */
  areOfIndex: boolean;
  /** Where the deployment is seen together with others; undefined where it is seen by itself alone. */
  scopeOf(inputs: Inputs | undefined): Scope<Inputs> | undefined;
  /** What was seen of a deployment until now says nothing any more. */
  forget(deploymentId: string): void;
}

/** Deployments that one look shows together. */
export interface Scope<Inputs> {
  /**
   * What a look shows that is under way or arrived no longer ago than the call allows; undefined where
   * there is none, or where it does not show the deployment.
   *
   * @param begins whether to look where nobody has; asked only then.
   */
  see(
    reference: DeploymentReference,
    inputs: Inputs | undefined,
    call: Call,
    begins: () => boolean,
  ): Promise<Snapshot<Inputs> | undefined>;
  /** How many waits there are. */
  waits: number;
  /** Those of them that pause; each is told what every look shows of its deployment. */
  watchers: Set<Watcher<Inputs>>;
  /** Whether the newest look failed lately, so that nobody looks. */
  isBroken(): boolean;
  /** How long the newest look took, in milliseconds. */
  tookMs: number;
}

export interface Watcher<Inputs> {
  reference: DeploymentReference;
  inputs: Inputs | undefined;
  told(snapshot: Snapshot<Inputs>): void;
}

interface Look<Inputs> {
  /** Its place among the looks and the changes of this process. */
  order: number;
  begunMs: number;
  arrivedMs?: number;
  seen: Promise<Overview<Inputs> | undefined>;
}

type Overviews<Inputs> = NonNullable<Adapter<Inputs>["overview"]>;

export function createSharedLooks<Inputs>(overviews: Overviews<Inputs>, clock: Clock): SharedLooks<Inputs> {
  const scopes = new Map<string, Scope<Inputs>>();
  const changes = new Map<string, number>();
  let order = 0;
  const isAfterChange = (look: Look<Inputs>, { deploymentId }: DeploymentReference): boolean =>
    look.order > (changes.get(deploymentId) ?? 0);

  function createScope(name: string): Scope<Inputs> {
    let newest: Look<Inputs> | undefined;
    let failedMs = -Infinity;

    function begin(call: Call): Look<Inputs> {
      const look: Look<Inputs> = {
        order: ++order,
        begunMs: clock.now(),
        seen: overviews.look(name, call).then(
          (overview) => arrived(look, overview),
          () => failed(look, call),
        ),
      };
      return look;
    }

    function arrived(look: Look<Inputs>, overview: Overview<Inputs>): Overview<Inputs> {
      look.arrivedMs = clock.now();
      scope.tookMs = look.arrivedMs - look.begunMs;
      for (const watcher of [...scope.watchers]) {
        const snapshot = isAfterChange(look, watcher.reference) && overview.of(watcher.reference, watcher.inputs);
        if (snapshot) watcher.told(snapshot);
      }
      return overview;
    }

    /** All that wait for it look by themselves, and each tells what is wrong. */
    function failed(look: Look<Inputs>, call: Call): undefined {
      if (newest === look) newest = undefined;
      // The end of one call says nothing of the platform.
      if (!call.signal.aborted) failedMs = clock.now();
    }

    function isNew({ begunMs, arrivedMs }: Look<Inputs>, { maximumAgeMs }: Call): boolean {
      if (arrivedMs === undefined) return clock.now() - begunMs <= Math.max(patienceMs, maximumAgeMs);
      return clock.now() - arrivedMs <= maximumAgeMs;
    }

    const scope: Scope<Inputs> = {
      waits: 0,
      watchers: new Set(),
      tookMs: 0,
      isBroken: () => clock.now() - failedMs < pauseAfterFailureMs,
      async see(reference, inputs, call, begins) {
        const usable = newest && isNew(newest, call) && isAfterChange(newest, reference) ? newest : undefined;
        if (usable === undefined && (!begins() || scope.isBroken())) return undefined;
        const look = usable ?? begin(call);
        newest = look;
        const overview = await look.seen;
        // It may have been changed while the answer was on its way.
        return isAfterChange(look, reference) ? overview?.of(reference, inputs) : undefined;
      },
    };
    return scope;
  }

  return {
    areOfIndex: overviews.isIndex === true,
    scopeOf(inputs) {
      const name = overviews.scopeOf(inputs);
      if (name === undefined) return undefined;
      const scope = scopes.get(name) ?? createScope(name);
      scopes.set(name, scope);
      return scope;
    },
    forget: (deploymentId) => void changes.set(deploymentId, ++order),
  };
}
