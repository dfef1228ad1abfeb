/**
 * What Pulumi's engine remembers of resources, and what it calls next, without its processes: for the
 * thousands of runs that the engine itself would take hours for. Its rules were found by experiment with
 * the engine, and test/engine/small-engine.test.ts holds them against it.
 */
import { isDeepStrictEqual } from "node:util";

export type Properties = Record<string, unknown>;

/** The calls of a provider: those of a provider's process, or of the core. */
export interface Provider {
  check(urn: string, olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: string[] }>;
  diff(urn: string, id: string, olds: Properties, news: Properties): Promise<Plan>;
  /** Rejections may be a `KeptError`. */
  create(urn: string, inputs: Properties): Promise<{ id: string; state: Properties }>;
  /** Undefined when it is gone. */
  read(urn: string, id: string, state: Properties): Promise<{ state: Properties; inputs: Properties } | undefined>;
  update(urn: string, id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(urn: string, id: string, state: Properties): Promise<void>;
}

export interface Plan {
  changes: boolean;
  replaces: boolean;
  deleteBeforeReplace: boolean;
}

/** A failure that leaves the resource in state, as the engine takes it from a provider. */
export interface KeptError extends Error {
  id: string;
  properties: Properties;
}

/** One resource as the state holds it. */
export interface SavedResource {
  id: string;
  inputs: Properties;
  outputs: Properties;
  /** Whether its last create or update did not end well. */
  isUnfinished: boolean;
}

/** What an operation did with one resource. */
export interface Outcome {
  operation: "create" | "update" | "replace" | "delete" | "read" | "same" | "refuse";
  error?: Error;
}

export type Outcomes = Map<string, Outcome>;

/** The program: inputs by the resource's URN. */
export type Wishes = Readonly<Record<string, Properties>>;

export interface SmallEngine {
  /** Resources side by side, as with `--continue-on-error`. */
  up(wishes: Wishes): Promise<Outcomes>;
  refresh(): Promise<Outcomes>;
  destroy(): Promise<Outcomes>;
  saved(urn: string): SavedResource | undefined;
  /** What the program's resources have in state, by their URNs. */
  entries(): [urn: string, saved: SavedResource][];
  /** All of the state, those that wait for their deletion after a replacement included. */
  resources(): SavedResource[];
  /**
   * From now on, nothing more is written to the state, as after `kill -9`. What calls bring is lost.
   *
   * @returns what starts the next engine, with the state as it was written last.
   */
  kill(): () => void;
}

export function createSmallEngine(provider: Provider): SmallEngine {
  const state = new Map<string, SavedResource>();
  /** Replaced ones whose deletion has not succeeded yet. */
  const outdated = new Map<string, SavedResource[]>();
  let life = 0;

  /** Writes of an engine that was killed meanwhile are lost. */
  function writer(): (write: () => void) => void {
    const mine = life;
    return (write) => {
      if (mine === life) write();
    };
  }

  async function upOne(urn: string, wished: Properties): Promise<Outcome> {
    const write = writer();
    const old = state.get(urn);
    const { inputs, failures } = await provider.check(urn, old?.inputs ?? {}, wished);
    if (failures.length > 0) return { operation: "refuse", error: new Error(failures.join("; ")) };
    if (old === undefined) return create(urn, inputs, "create", write);
    const plan = await provider.diff(urn, old.id, old.outputs, inputs);
    if (plan.changes && plan.replaces) return replace(urn, old, inputs, plan, write);
    if (plan.changes || old.isUnfinished) return update(urn, old, inputs, write);
    if (!isDeepStrictEqual(old.inputs, inputs)) write(() => state.set(urn, { ...old, inputs }));
    return { operation: "same" };
  }

  async function create(
    urn: string,
    inputs: Properties,
    operation: Outcome["operation"],
    write: (write: () => void) => void,
  ): Promise<Outcome> {
    try {
      const { id, state: outputs } = await provider.create(urn, inputs);
      write(() => state.set(urn, { id, inputs, outputs, isUnfinished: false }));
      return { operation };
    } catch (error) {
      if (!isKept(error)) return { operation, error: error as Error };
      write(() => state.set(urn, { id: error.id, inputs, outputs: error.properties, isUnfinished: true }));
      return { operation, error };
    }
  }

  async function update(
    urn: string,
    old: SavedResource,
    inputs: Properties,
    write: (write: () => void) => void,
  ): Promise<Outcome> {
    try {
      const outputs = await provider.update(urn, old.id, old.outputs, inputs);
      write(() => state.set(urn, { id: old.id, inputs, outputs, isUnfinished: false }));
      return { operation: "update" };
    } catch (error) {
      // The engine keeps the old inputs beside the new outputs.
      if (isKept(error)) write(() => state.set(urn, { ...old, outputs: error.properties, isUnfinished: true }));
      return { operation: "update", error: error as Error };
    }
  }

  async function replace(
    urn: string,
    old: SavedResource,
    inputs: Properties,
    { deleteBeforeReplace }: Plan,
    write: (write: () => void) => void,
  ): Promise<Outcome> {
    if (deleteBeforeReplace) {
      const { error } = await remove(urn, old, () => write(() => state.delete(urn)));
      return error === undefined ? create(urn, inputs, "replace", write) : { operation: "replace", error };
    }
    const outcome = await create(urn, inputs, "replace", write);
    // A new one that was kept, though unfinished, has taken the place of the old one, too.
    if (outcome.error !== undefined && !isKept(outcome.error)) return outcome;
    write(() => outdated.set(urn, [...(outdated.get(urn) ?? []), old]));
    return outcome;
  }

  /** At the end of an `up`, after everything was made: what the program has dropped, and what was replaced, earlier too. */
  async function deleteAtEnd(urn: string, wishes: Wishes): Promise<Outcome> {
    if (!(urn in wishes)) return deleteOne(urn);
    const [error] = await deleteOutdated(urn, writer());
    return error === undefined ? { operation: "delete" } : { operation: "delete", error };
  }

  async function deleteOutdated(urn: string, write: (write: () => void) => void): Promise<Error[]> {
    const errors: Error[] = [];
    for (const old of outdated.get(urn) ?? []) {
      const forget = (): void =>
        write(
          () =>
            void outdated.set(
              urn,
              (outdated.get(urn) ?? []).filter((one) => one !== old),
            ),
        );
      const { error } = await remove(urn, old, forget);
      if (error !== undefined) errors.push(error);
    }
    return errors;
  }

  async function remove(urn: string, old: SavedResource, forget: () => void): Promise<Outcome> {
    try {
      await provider.delete(urn, old.id, old.outputs);
      forget();
      return { operation: "delete" };
    } catch (error) {
      return { operation: "delete", error: error as Error };
    }
  }

  async function deleteOne(urn: string): Promise<Outcome> {
    const write = writer();
    const [error] = await deleteOutdated(urn, write);
    const old = state.get(urn);
    const outcome: Outcome =
      old === undefined ? { operation: "delete" } : await remove(urn, old, () => write(() => state.delete(urn)));
    return error === undefined ? outcome : { ...outcome, error };
  }

  async function refreshOne(urn: string, old: SavedResource): Promise<Outcome> {
    const write = writer();
    try {
      const found = await provider.read(urn, old.id, old.outputs);
      // A successful read clears the engine's note of what is unfinished.
      write(() => {
        if (found === undefined) state.delete(urn);
        else state.set(urn, { id: old.id, inputs: found.inputs, outputs: found.state, isUnfinished: false });
      });
      return { operation: "read" };
    } catch (error) {
      return { operation: "read", error: error as Error };
    }
  }

  const known = (): string[] => [
    ...new Set([...state.keys(), ...[...outdated].filter(([, old]) => old.length > 0).map(([urn]) => urn)]),
  ];

  return {
    async up(wishes) {
      const outcomes = await inParallel(Object.keys(wishes), (urn) => upOne(urn, wishes[urn] ?? {}));
      const ending = known().filter((urn) => !(urn in wishes) || (outdated.get(urn) ?? []).length > 0);
      const removed = await inParallel(ending, (urn) => deleteAtEnd(urn, wishes));
      return new Map([
        ...removed,
        ...[...outcomes].map(([urn, outcome]) => [urn, joined(outcome, removed.get(urn))] as const),
      ]);
    },
    refresh: () => inParallel([...state.keys()], (urn) => refreshOne(urn, state.get(urn) as SavedResource)),
    destroy: () => inParallel(known(), deleteOne),
    saved: (urn) => state.get(urn),
    entries: () => [...state],
    resources: () => [...state.values(), ...[...outdated.values()].flat()],
    kill() {
      const next = life + 1;
      life = Number.NaN;
      return () => void (life = next);
    },
  };
}

/** The outcome of a resource whose predecessor was deleted afterwards. */
function joined(outcome: Outcome, deletion: Outcome | undefined): Outcome {
  const error = outcome.error ?? deletion?.error;
  return error === undefined ? outcome : { ...outcome, error };
}

async function inParallel(urns: string[], run: (urn: string) => Promise<Outcome>): Promise<Outcomes> {
  return new Map(await Promise.all(urns.map(async (urn) => [urn, await run(urn)] as const)));
}

function isKept(error: unknown): error is KeptError {
  return error instanceof Error && typeof (error as Partial<KeptError>).id === "string";
}
