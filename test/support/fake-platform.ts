/** A platform of a few lines, that shows what a test tells it to show and records what it was asked. */
import { z } from "zod";
import { ConfigurationError } from "../../provider/errors";
import { integerBetween, text } from "../../provider/inputs/fields";
import { problemsOf } from "../../provider/inputs/schema-check";
import type {
  Adapter,
  Call,
  Change,
  ChangeEffect,
  DeploymentReference,
  InputRules,
  Listing,
  Platform,
  PlatformImplementation,
  Snapshot,
} from "../../provider/platform";

export interface FakeInputs {
  /** What the platform knows a deployment by. */
  name: string;
  weights: string;
  scale?: { min?: number; max?: number };
  /** `1GiB` and `1024MiB` are the same. */
  memory?: string;
  nodes?: string[];
  environment?: Record<string, string>;
  token?: string;
  enabled?: boolean;
}

/** In the order in which they stand in `FakeInputs`, for a resource without a block. */
export const fakeInputKeys = [
  "name",
  "weights",
  "scale",
  "memory",
  "nodes",
  "environment",
  "token",
  "enabled",
] as const;

const schema = z.strictObject({
  name: text(),
  weights: text(),
  scale: z.strictObject({ min: integerBetween(0, 8).optional(), max: integerBetween(1, 8).optional() }).optional(),
  memory: text().optional(),
  nodes: z.array(text()).optional(),
  environment: z.record(z.string(), text()).optional(),
  token: text().optional(),
  enabled: z.boolean().optional(),
});

const effects: Record<string, ChangeEffect> = { name: "replace", weights: "replace", token: "state-only" };

const rules: InputRules<FakeInputs> = {
  check: (inputs) => ({
    problems: problemsOf(schema, inputs),
    warnings: (inputs as { memory?: unknown }).memory === "1TiB" ? [{ path: "memory", message: "is a lot" }] : [],
  }),
  canonical: ({ scale, memory, enabled, ...others }) => ({
    ...others,
    enabled: enabled ?? true,
    scale: { min: scale?.min ?? 1, max: scale?.max ?? 1 },
    memory: memory === "1024MiB" ? "1GiB" : memory,
  }),
  effectOf: (path) => effects[path] ?? "update",
  identity: ({ name }) => name,
  ownedMaps: ["environment"],
  wantsRunning: ({ enabled }) => enabled !== false,
};

/** One call of the adapter. */
export interface Asked {
  method: "create" | "observe" | "update" | "delete";
  reference?: DeploymentReference;
  inputs?: unknown;
  change?: Change<FakeInputs>;
}

type Step<Result> = Error | Result | ((call: Call) => Promise<Result>);

export interface FakePlatform extends Platform<FakeInputs> {
  /** What each look finds, in turn; the last one stays. */
  shows(...snapshots: Step<Snapshot<FakeInputs>>[]): void;
  /** What becomes of the next create, update or delete; without it they are accepted. */
  answers(method: "create" | "update" | "delete", step: Step<DeploymentReference>): void;
  /** What it finds by a name; until then it cannot look by name. */
  lists(...listings: Listing[]): void;
  asked: Asked[];
  /** The methods of `asked`, without the looks. */
  changes(): string[];
  implementation: PlatformImplementation<FakeInputs>;
}

export function snapshot(phase: Snapshot["phase"], more: Partial<Snapshot<FakeInputs>> = {}): Snapshot<FakeInputs> {
  return { phase, platformStatus: phase, details: {}, ...more };
}

export function createFakePlatform(id = "acme", more: Partial<PlatformImplementation<FakeInputs>> = {}): FakePlatform {
  const asked: Asked[] = [];
  let observations: Step<Snapshot<FakeInputs>>[] = [];
  let listed: Listing[] | undefined;
  const answers = new Map<string, Step<DeploymentReference>>();

  async function take<Result>(step: Step<Result>, call: Call): Promise<Result> {
    if (step instanceof Error) throw step;
    return typeof step === "function" ? (step as (call: Call) => Promise<Result>)(call) : step;
  }

  function answer(method: string, reference: DeploymentReference, call: Call): Promise<DeploymentReference> {
    const step = answers.get(method);
    answers.delete(method);
    return take(step ?? reference, call);
  }

  const adapter: Adapter<FakeInputs> = {
    async create(inputs, call) {
      asked.push({ method: "create", inputs });
      await call.aboutToCreate();
      return answer("create", { deploymentId: "d1", details: { job: "j1" } }, call);
    },
    observe(reference, inputs, call) {
      asked.push({ method: "observe", reference, inputs });
      const [first] = observations;
      if (first === undefined) return Promise.reject(new Error("the test tells nothing to show"));
      if (observations.length > 1) observations.shift();
      return take(first, call);
    },
    update(reference, change, call) {
      asked.push({ method: "update", reference, change });
      return answer("update", reference, call);
    },
    delete(reference, call) {
      asked.push({ method: "delete", reference });
      return answer("delete", reference, call);
    },
  };

  const implementation: PlatformImplementation<FakeInputs> = {
    rules,
    poll: { shortestMs: 1_000, longestMs: 10_000 },
    timeouts: { createSeconds: 600, updateSeconds: 300, deleteSeconds: 120 },
    removedPhases: ["gone"],
    stableOutputs: ["endpoint"],
    repairsDegraded: false,
    requireCredentials(settings) {
      settings.require(`${id}ApiKey`);
    },
    baseUrl(settings) {
      const url = settings.require(`${id}Url`);
      if (!url.startsWith("https://")) throw new ConfigurationError(`${id}Url must be an https:// address`);
      return url;
    },
    authorization: () => () => Promise.resolve({}),
    canRefreshCredentials: () => false,
    describeError: (_status, body) => ({ text: body }),
    connect: () => ({ ...adapter, ...(listed === undefined ? {} : { find: () => Promise.resolve(listed ?? []) }) }),
    ...more,
  };

  return {
    id,
    title: id.replace(/^./, (letter) => letter.toUpperCase()),
    settings: [
      { key: `${id}ApiKey`, environment: [`${id.toUpperCase()}_API_KEY`], secret: true, description: "the key" },
      { key: `${id}Url`, environment: [], secret: false, default: `https://${id}.test`, description: "the address" },
    ],
    secretPaths: ["token"],
    observed: { inputs: ["enabled"], details: ["job"] },
    load: () => implementation,
    shows: (...snapshots) => void (observations = snapshots),
    answers: (method, step) => void answers.set(method, step),
    lists: (...listings) => void (listed = listings),
    asked,
    changes: () => asked.map(({ method }) => method).filter((method) => method !== "observe"),
    implementation,
  };
}
