/** The platforms of a random run: what strikes their requests, and who started what runs on them. */
import { startSimulator } from "../../simulator";
import type {
  Fault,
  OutsideChange,
  PlatformId,
  RecordedRequest,
  SimulatedDeployment,
  Simulator,
} from "../../simulator";
import { createFakeClock } from "../support/fake-clock";
import { handHeader, randomPlatforms } from "./platforms";
import type { Fare, Moment, StepFault } from "./steps";

/** Who started a deployment last: a resource by its URN, or somebody else. */
export type Maker = string;
export const somebodyElse: Maker = "somebody else";

export interface Started {
  deployment: SimulatedDeployment;
  maker: Maker;
}

/** Milliseconds of the platforms' own time, which passes only when somebody waits. */
const readyAfterMs = { well: 1_000, slow: 130_000 };
/** A busy machine sleeps longer than it was asked to; that keeps the number of looks small. */
const shortestSleepMs = 2_000;
const startMs = Date.UTC(2026, 0, 1);

export type World = Awaited<ReturnType<typeof openWorld>>;

/** One simulator and one clock, used for one sequence after the other. */
export async function openWorld() {
  const clock = createFakeClock();
  const fareOf = new Map<string, Fare>();
  /** Models on OpenSearch from whose nodes somebody took some: no drift where the program names none. */
  const moved = new Set<string>();
  /** Removed by somebody, for good. */
  const gone = new Set<string>();
  const simulator = await startSimulator({
    now: () => startMs + clock.now(),
    scenario: {
      behaviourOf: ({ platform }) => behaviourFor(fareOf.get(platform) ?? "well"),
      opensearch: { allowCustomDeploymentPlan: true, models: ["Model-x", "Model-y", "Model-z"] },
      // What the platform does is not known: here it makes another one, so that only the provider can prevent that.
      foundry: { secondCreate: "create-another" },
    },
  });
  const traffic = watchTraffic(simulator);

  return {
    simulator,
    traffic,
    clock: {
      ...clock,
      sleep: (ms: number, signal: AbortSignal) => clock.sleep(Math.max(ms, shortestSleepMs), signal),
    },
    timestamp: () => new Date(startMs + clock.now()).toISOString(),
    fares: (platform: PlatformId, how: Fare) => void fareOf.set(platform, how),
    /** All platforms as they should be, and no fault waiting. */
    calm() {
      fareOf.clear();
      traffic.faults.length = 0;
    },
    isMoved: (key: string) => moved.has(key),
    isGone: (key: string) => gone.has(key),
    /** @param maker whose the deployment is if this starts it; undefined when it stays whose it was. */
    act(change: OutsideChange, maker: Maker | undefined) {
      traffic.notice(undefined);
      simulator.act(change);
      traffic.notice(maker);
      if (change.action === "delete") gone.add(keyOf(change));
      if (change.platform === "opensearch" && "nodeIds" in change) moved.add(keyOf(change));
      if (change.platform === "kore" && ["undeploy", "expire-job"].includes(change.action))
        traffic.darkened.set(keyOf(change), somebodyElse);
      if (change.platform === "kore" && change.action === "deploy") traffic.darkened.delete(keyOf(change));
    },
    started: (): Started[] =>
      simulator.deployments().map((deployment) => ({ deployment, maker: traffic.makers.get(keyOf(deployment)) ?? "" })),
    running(): Started[] {
      return this.started().filter(({ deployment }) => platformOf(deployment).runs(deployment));
    },
    /** Empty, as at the beginning. */
    reset() {
      fareOf.clear();
      for (const set of [gone, moved]) set.clear();
      simulator.reset();
      traffic.reset();
    },
    async close() {
      traffic.stop();
      await simulator.close();
    },
  };
}

function behaviourFor(fare: Fare) {
  const outcome = fare === "slow" || fare === "well" ? "ready" : fare;
  return { outcome, readyAfterMs: fare === "slow" ? readyAfterMs.slow : readyAfterMs.well } as const;
}

/** As in the state's ids: `<platform>/<id>`. */
export function keyOf({ platform, id }: Pick<SimulatedDeployment, "platform" | "id">): string {
  return `${platform}/${id}`;
}

export function platformOf({ platform }: Pick<SimulatedDeployment, "platform">) {
  return randomPlatforms[platform as PlatformId];
}

/** Whether a request asks for a change; OpenSearch searches by POST. */
export function changesSomething({ method, path }: RecordedRequest): boolean {
  return method !== "GET" && !path.endsWith("/_search");
}

interface WaitingFault extends StepFault {
  skipped: number;
  struck: number;
}

/** Sees each request when it comes in, strikes it, and keeps the books on who started what. */
function watchTraffic(simulator: Simulator) {
  const open = new Map<number, Maker>();
  const makers = new Map<string, Maker>();
  /** Who made it at first, whoever started it again since then. */
  const creators = new Map<string, Maker>();
  const starts = new Map<string, number>();
  const faults: WaitingFault[] = [];
  let quiet: (() => void) | undefined;
  let interruption: { moment: Moment; act: () => void; seen: number; sequence?: number } | undefined;

  const traffic = {
    makers,
    creators,
    faults,
    /**
     * Models on Kore that were undeployed since they were deployed last, or whose job is forgotten, and by
     * whom: no answer tells what they do, so that neither somebody else's change nor an own one whose end
     * was not seen can be known.
     */
    darkened: new Map<string, Maker>(),
    /** The resource whose call runs. */
    current: somebodyElse,
    /** Those that ask for a change, in order, since the last reset. */
    changes: [] as RecordedRequest[],
    requests: 0,
    struck: 0,
    /** Called for each request of the provider that asks for a change, before the platform acts. */
    onChange: (_request: RecordedRequest): void => undefined,
    add: (fault: StepFault) => void faults.push({ ...fault, skipped: 0, struck: 0 }),
    /** @param act what happens at the moment, at most once. */
    interrupt: (moment: Moment, act: () => void) => void (interruption = { moment, act, seen: 0 }),
    /** What was started since the last look is the maker's; undefined for what happens by itself. */
    notice(maker: Maker | undefined) {
      for (const deployment of simulator.deployments()) {
        const key = keyOf(deployment);
        if (maker !== undefined && !starts.has(key)) creators.set(key, maker);
        if (maker !== undefined && starts.get(key) !== deployment.starts) makers.set(key, maker);
        starts.set(key, deployment.starts);
      }
    },
    /** Once every request has been dealt with by the platform, those of clients that are gone too. */
    async settled(): Promise<void> {
      interruption = undefined;
      while (open.size > 0) await new Promise<void>((resolve) => (quiet = resolve));
    },
    reset() {
      for (const map of [makers, creators, starts]) map.clear();
      Object.assign(traffic, { changes: [], requests: 0, struck: 0 });
      faults.length = 0;
      traffic.darkened.clear();
    },
    stop: simulator.subscribe((request) => {
      if (request.rawHeaders[handHeader] !== undefined) return;
      if (open.has(request.sequence)) closes(request);
      else opens(request);
    }),
  };

  function opens(request: RecordedRequest): void {
    open.set(request.sequence, traffic.current);
    traffic.requests++;
    if (changesSomething(request)) {
      traffic.notice(undefined);
      traffic.changes.push(request);
      traffic.onChange(request);
    }
    const fault = faultFor(request);
    if (fault !== undefined) simulator.fault(fault);
    if (interruption !== undefined && ++interruption.seen === interruption.moment.request) {
      interruption.sequence = request.sequence;
      if (interruption.moment.when === "sent") interruption.act();
    }
  }

  function closes(request: RecordedRequest): void {
    const maker = open.get(request.sequence);
    open.delete(request.sequence);
    if (changesSomething(request)) {
      traffic.notice(maker);
      const [, model, act] = /^\/api\/public\/models\/(.+)\/(deploy|undeploy)$/.exec(request.path) ?? [];
      if (act === "undeploy") traffic.darkened.set(`kore/${model}`, maker ?? "");
      if (act === "deploy" && request.status === 200) traffic.darkened.delete(`kore/${model}`);
    }
    if (interruption?.sequence === request.sequence && interruption.moment.when === "answered") interruption.act();
    if (open.size === 0) quiet?.();
  }

  function faultFor(request: RecordedRequest): Fault | undefined {
    const wanted = changesSomething(request) ? "changes" : "reads";
    for (const fault of faults) {
      if (fault.of !== "all" && fault.of !== wanted) continue;
      if (fault.skipped++ < fault.skip) continue;
      traffic.struck++;
      if (++fault.struck >= fault.times) faults.splice(faults.indexOf(fault), 1);
      return asFault(fault);
    }
    return undefined;
  }

  return traffic;
}

function asFault({ kind, status }: StepFault): Fault {
  if (kind === "delay") return { kind, delayMs: 1 };
  if (kind !== "status") return { kind };
  if (status === 502) return { kind, status, body: "<html><h1>Bad gateway</h1></html>" };
  return { kind, status: status ?? 500, headers: status === 429 ? { "retry-after": "0" } : {} };
}
