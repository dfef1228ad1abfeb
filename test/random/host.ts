/** A host without an engine: the core, as the calls of a provider, one call of a stack after the other. */
import type { Dispatcher } from "undici";
import { createConnections } from "../../provider/connection/connection";
import type { Connections } from "../../provider/connection/connection";
import type * as dispatchers from "../../provider/http/dispatcher";
import { check } from "../../provider/lifecycle/check";
import { forgetSaved } from "../../provider/intent/intent";
import { create } from "../../provider/lifecycle/create";
import { remove } from "../../provider/lifecycle/delete";
import { diff } from "../../provider/lifecycle/diff";
import { hold } from "../../provider/lifecycle/holders";
import type { ProviderCall } from "../../provider/lifecycle/provider-call";
import { read } from "../../provider/lifecycle/read";
import { update } from "../../provider/lifecycle/update";
import { liveDeployment } from "../../provider/resources/live-deployment";
import { modelDeployment } from "../../provider/resources/model-deployment";
import type { ResourceKind } from "../../provider/resources/resource-kind";
import type { Provider } from "../support/small-engine";
import { createNotes } from "./notes";
import { somebodyElse } from "./world";
import type { World } from "./world";

/**
 * To open and to close a socket costs more than the request that it carries, and tells nothing here: processes that
 * come one after the other share the pool, and nothing else.
 */
jest.mock("../../provider/http/dispatcher", () => {
  const actual = jest.requireActual<typeof dispatchers>("../../provider/http/dispatcher");
  const pools = new Map<string, Dispatcher>();
  return {
    ...actual,
    createDispatcher(baseUrl: string): Dispatcher {
      const pool = pools.get(baseUrl) ?? actual.createDispatcher(baseUrl);
      pools.set(baseUrl, pool);
      return pool;
    },
  };
});

/** Longer than a start that fares well, shorter than one that is slow. Seconds of the platforms' time. */
const timeoutSeconds = 100;
/** Retries wait in real time, which says nothing here. */
const retry = { retries: 2, throttledRetries: 2, firstWaitMs: 0, longestWaitMs: 0, longestRetryAfterMs: 5 };

export interface Host {
  provider: Provider;
  /** Everything that was said since the last call of this. */
  takeLines(): string[];
  /** The provider's process of the next operation. */
  startProcess(): void;
  /** The user cancels, or the process finds that its engine is gone. */
  abort(): void;
  /** The process is killed: it sends nothing more, and writes nothing down. */
  die(): void;
}

export function urnOf(kind: ResourceKind, name: string): string {
  return `${kind.name}::${name}`;
}

function kindOf(urn: string): ResourceKind {
  return urn.startsWith(`${liveDeployment.name}::`) ? liveDeployment : modelDeployment;
}

/** @param keepsNotes whether the next run is on the same machine, and finds the notes of the one before. */
export function createHost(world: World, keepsNotes: boolean): Host {
  const notes = createNotes(world, keepsNotes);
  let lines: string[] = [];
  let process = newProcess(world);
  let queue: Promise<unknown> = Promise.resolve();

  /** Real concurrency would let a seed have several outcomes. */
  function oneByOne<Result>(urn: string, run: (call: ProviderCall) => Promise<Result>): Promise<Result> {
    const result = queue.then(async () => {
      world.traffic.current = urn;
      try {
        return await run(callFor(urn));
      } finally {
        world.traffic.current = somebodyElse;
      }
    });
    queue = result.catch(() => undefined);
    return result;
  }

  /** As the dynamic host does it: the engine has saved the id that it calls with. */
  function onSaved<Result>(urn: string, id: string, run: (call: ProviderCall) => Promise<Result>): Promise<Result> {
    return oneByOne(urn, async (call) => {
      await forgetSaved(call.intent, deploymentIdIn(id));
      return run(call);
    });
  }

  function callFor(urn: string): ProviderCall {
    const say = (line: string): void => void lines.push(`${urn}: ${line}`);
    return {
      kind: kindOf(urn),
      urn,
      connections: process.connections,
      log: { status: say, info: say, warn: say },
      intent: notes.of(urn),
      signal: process.cancellation.signal,
      timeoutSeconds,
      clock: world.clock,
    };
  }

  return {
    takeLines() {
      const taken = lines;
      lines = [];
      return taken;
    },
    startProcess() {
      process = newProcess(world);
      notes.thaw();
    },
    die() {
      notes.freeze();
      process.cancellation.abort();
    },
    abort: () => process.cancellation.abort(),
    provider: {
      check(urn, olds, news) {
        const { failures } = check(kindOf(urn), news, process.connections, Object.keys(olds).length === 0);
        return Promise.resolve({ inputs: news, failures });
      },
      async diff(urn, id, olds, news) {
        await forgetSaved(notes.of(urn), deploymentIdIn(id));
        const { changes, replaces, deleteBeforeReplace } = diff(kindOf(urn), olds, news);
        if (replaces.length === 0) hold({ connections: process.connections, urn }, id);
        return { changes, replaces: replaces.length > 0, deleteBeforeReplace };
      },
      create: (urn, inputs) => oneByOne(urn, (call) => create(call, inputs)),
      read: (urn, id, state) => onSaved(urn, id, (call) => read(call, id, state)),
      update: (urn, id, olds, news) => onSaved(urn, id, (call) => update(call, id, olds, news)),
      delete: (urn, id, state) => onSaved(urn, id, (call) => remove(call, id, state)),
    },
  };
}

function newProcess({ simulator, clock }: World): { connections: Connections; cancellation: AbortController } {
  const environment = { ...simulator.environment(), PULUMI_INFERENCE_REQUESTS_PER_SECOND: "100000" };
  const sources = { config: () => undefined, explicit: false, environment };
  return { connections: createConnections(sources, retry, clock), cancellation: new AbortController() };
}

function deploymentIdIn(id: string): string {
  return id.slice(id.indexOf("/") + 1);
}
