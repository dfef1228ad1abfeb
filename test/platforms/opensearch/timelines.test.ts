/** Measured courses of events, played through the loop that waits. */
import { model, profile, task } from "../../../provider/platforms/opensearch/schema";
import { opensearch } from "../../../provider/platforms/opensearch";
import { toSnapshot } from "../../../provider/platforms/opensearch/status";
import type { Snapshot } from "../../../provider/platform";
import { wait, type WaitResult } from "../../../provider/wait/wait";
import { createFakeClock } from "../../support/fake-clock";
import { modelBody, n1, n2, n3 } from "./fixtures/cluster";

interface Moment {
  fromSeconds: number;
  task?: string;
  error?: string;
  model: string;
  profile?: Record<string, string>;
}

function play(moments: readonly Moment[]): Promise<WaitResult<unknown>> {
  const clock = createFakeClock();
  const observe = (): Promise<Snapshot> => {
    const moment = moments.filter(({ fromSeconds }) => fromSeconds * 1000 <= clock.now()).at(-1) ?? moments[0];
    if (moment === undefined) throw new Error("a course has at least one moment");
    return Promise.resolve({ ...snapshotOf(moment), details: {} });
  };
  return wait({
    observe,
    done: ["ready"],
    failed: ["failed", "degraded", "stopped", "gone", "unknown"],
    poll: opensearch.load().poll,
    deadlineMs: 600_000,
    signal: new AbortController().signal,
    report: () => undefined,
    clock,
  });
}

function snapshotOf(moment: Moment) {
  const nodes = Object.entries(moment.profile ?? {}).map(
    ([node, state]) => [node, { models: { m: { model_state: state } } }] as const,
  );
  return toSnapshot({
    modelId: "m",
    model: model.parse(modelBody(moment.model, [n1, n2, n3])),
    task: moment.task === undefined ? undefined : task.parse({ state: moment.task, error: moment.error }),
    profile: profile.parse({ nodes: Object.fromEntries(nodes) }),
  });
}

const courses: [name: string, moments: Moment[], end: string, betweenSeconds: [number, number]][] = [
  [
    "a remote model: the model is ahead of its task",
    [
      { fromSeconds: 0, task: "RUNNING", model: "DEPLOYING" },
      { fromSeconds: 0.1, task: "RUNNING", model: "DEPLOYED" },
      { fromSeconds: 0.2, task: "COMPLETED", model: "DEPLOYED" },
    ],
    "done",
    [0.1, 1],
  ],
  [
    "both tasks are done, and the model is deploying for longer than a second",
    [
      { fromSeconds: 0, task: "COMPLETED", model: "DEPLOYING" },
      { fromSeconds: 1.6, task: "COMPLETED", model: "DEPLOYED" },
    ],
    "done",
    [1.6, 3],
  ],
  [
    "a task that fails before its model does",
    [
      { fromSeconds: 0, task: "RUNNING", model: "DEPLOYING" },
      { fromSeconds: 0.1, task: "FAILED", error: '{"a":"Archive is not a ZIP archive"}', model: "DEPLOYING" },
      { fromSeconds: 0.16, task: "FAILED", error: '{"a":"Archive is not a ZIP archive"}', model: "DEPLOY_FAILED" },
    ],
    "failed",
    [0.1, 1],
  ],
  [
    "a second deploy by somebody: failed for 2.8 s, then deployed",
    [
      { fromSeconds: 0, task: "RUNNING", model: "DEPLOYING" },
      { fromSeconds: 0.55, task: "RUNNING", model: "DEPLOY_FAILED", profile: { [n1]: "DEPLOYING" } },
      { fromSeconds: 3.4, task: "COMPLETED", model: "DEPLOYED" },
    ],
    "done",
    [3.4, 5],
  ],
  [
    "six deploys at once: failed although a node serves, until the states are set right",
    [
      { fromSeconds: 0, task: "COMPLETED", model: "DEPLOY_FAILED", profile: { [n1]: "DEPLOYED" } },
      { fromSeconds: 10, task: "COMPLETED", model: "DEPLOYED" },
    ],
    "done",
    [10, 13],
  ],
  [
    "a node killed while deploying: the task never ends",
    [
      { fromSeconds: 0, task: "RUNNING", model: "DEPLOYING" },
      { fromSeconds: 23.8, task: "RUNNING", model: "DEPLOY_FAILED" },
    ],
    "failed",
    [38.8, 45],
  ],
  [
    "undeployed by somebody while deploying: the task never ends",
    [
      { fromSeconds: 0, task: "RUNNING", model: "DEPLOYING" },
      { fromSeconds: 0.5, task: "RUNNING", model: "UNDEPLOYED" },
    ],
    "failed",
    [15.5, 20],
  ],
  [
    "a node that fails",
    [
      { fromSeconds: 0, task: "RUNNING", model: "DEPLOYING" },
      { fromSeconds: 0.2, task: "COMPLETED_WITH_ERROR", error: '{"a":"no"}', model: "PARTIALLY_DEPLOYED" },
    ],
    "failed",
    [15, 20],
  ],
];

it.each(courses)("%s", async (_name, moments, end, [atLeast, atMost]) => {
  const result = await play(moments);

  expect(result.end).toBe(end);
  expect(result.elapsedMs / 1000).toBeGreaterThanOrEqual(atLeast);
  expect(result.elapsedMs / 1000).toBeLessThanOrEqual(atMost);
});
