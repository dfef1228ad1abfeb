/** Takes the stacks of one account through their life, all at once, and measures each part of it. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sampleProcesses } from "../processes";
import { type Traffic, trafficOf } from "./figures";
import { type AccountAnswer, forkAccount, type SimulatedAccount } from "./simulator";
import { openStack, type ScaledStack } from "./stack";

export interface ScalePlan {
  accounts: number;
  /** Of each account. */
  stacks: number;
  /** Of each stack. */
  deployments: number;
  /** Steps that the engine of one stack takes at a time. */
  slots: number;
  /** How long all are waited for before all are ready at the same moment. */
  waitSeconds: number;
  /** Of each plugin: the setting `requestsPerSecond`. */
  requestsPerSecond: number;
}

export const phases = ["create", "wait", "become ready", "refresh", "destroy"] as const;
export type Phase = (typeof phases)[number];

export interface PhaseFigures extends Traffic {
  phase: Phase;
  wallSeconds: number;
  /** Of all plugins of the account. */
  cpuSeconds: number;
  /** Of the largest plugin of the command, so far: one of `up`, which creates and waits, and those of the others. */
  peakBytes: number;
}

/** @returns the phases in their order. */
export async function measureAccount(number: number, plan: ScalePlan): Promise<PhaseFigures[]> {
  const account = forkAccount();
  const mark = `scale-${randomUUID()}`;
  const stacks: ScaledStack[] = [];
  try {
    const { environment } = await account.ask("take");
    for (let stack = 1; stack <= plan.stacks; stack++) {
      const name = `account${number}-stack${stack}`;
      stacks.push(await openStack(name, plan, { ...environment, BENCH_SCALE: mark }));
    }
    return await live(account, stacks, plan, mark);
  } finally {
    await Promise.all(stacks.map((stack) => stack.stop()));
    account.close();
  }
}

async function live(
  account: SimulatedAccount,
  stacks: readonly ScaledStack[],
  plan: ScalePlan,
  mark: string,
): Promise<PhaseFigures[]> {
  const figures: PhaseFigures[] = [];
  const total = plan.stacks * plan.deployments;
  const all = (act: (stack: ScaledStack) => Promise<void>) => Promise.all(stacks.map(act));

  async function measure(phase: Phase, run: () => Promise<unknown>, standing: number): Promise<void> {
    const before = consumptionOf(mark).cpuSeconds;
    const start = performance.now();
    await run();
    const wallSeconds = (performance.now() - start) / 1000;
    const answer = await account.ask("take");
    const { peakBytes, cpuSeconds } = consumptionOf(mark);
    const traffic = trafficOf(answer.exchanges);
    verify(phase, answer, standing, traffic.mostInTenSeconds, capOf(plan));
    figures.push({ phase, wallSeconds, cpuSeconds: cpuSeconds - before, peakBytes, ...traffic });
  }

  await measure("create", () => all((stack) => stack.create()), total);
  const waits = all((stack) => stack.wait());
  await measure("wait", () => Promise.race([sleep(plan.waitSeconds * 1000), waits]), total);
  await account.ask("finish");
  await measure("become ready", () => waits, total);
  await all((stack) => stack.renew());
  await measure("refresh", () => all((stack) => stack.refresh()), total);
  await all((stack) => stack.renew());
  await measure("destroy", () => all((stack) => stack.destroy()), 0);
  return figures;
}

/** What all plugins of an account may send it in a second, as each has a limit of its own. */
export function capOf({ stacks, requestsPerSecond }: ScalePlan): number {
  return stacks * requestsPerSecond;
}

function verify(
  phase: Phase,
  { standing, violations }: AccountAnswer,
  expected: number,
  rate: number,
  cap: number,
): void {
  const wrong = [
    ...(standing === expected ? [] : [`${standing} deployments instead of ${expected}`]),
    ...(rate <= cap ? [] : [`${rate} requests in a second instead of ${cap} at most`]),
    ...violations,
  ];
  if (wrong.length > 0) throw new Error(`after ${phase}: ${wrong.slice(0, 10).join("; ")}`);
}

function consumptionOf(mark: string): Pick<PhaseFigures, "cpuSeconds" | "peakBytes"> {
  const samples = sampleProcesses(mark);
  return {
    cpuSeconds: samples.reduce((total, one) => total + one.cpuSeconds, 0),
    peakBytes: Math.max(0, ...samples.map(({ peakBytes }) => peakBytes)),
  };
}
