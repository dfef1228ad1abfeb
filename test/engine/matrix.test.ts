/** Processes that are interrupted or killed, and a state that cannot be written, while four platforms are under way. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Figures, tableInDocs, tableOf } from "../matrix/figures";
import { inOrder } from "../matrix/pool";
import { isRunning, subjects } from "../matrix/subjects";
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type Stack } from "../support/engine";
import { until } from "../support/until";
import { type Crowd, crowdOf, holdAtPoints, type Member, placeAtPoints, programOf, watchStarts } from "./crowd";
import { isProvider, mend, processFaults } from "./process-faults";

type Call = "create" | "change" | "delete";

/** One crowd, struck in one call after the other: what mends a call's fault leaves what the next call needs. */
interface Course {
  number: number;
  fault: string;
  calls: readonly Call[];
  /** The next `up` is on a machine without notes of creations. */
  forgets: boolean;
}

interface Run extends Omit<Course, "calls"> {
  call: Call;
}

const everyCall = ["create", "change", "delete"] as const;
const courses: Course[] = [
  ...Object.keys(processFaults).map((fault) => ({ fault, calls: everyCall, forgets: false })),
  ...["two Ctrl-C", "SIGKILL of the engine"].map((fault) => ({ fault, calls: ["create"] as const, forgets: true })),
].map((course, number) => ({ number, ...course }));

interface Finding {
  member: Member;
  duplicate: boolean;
  orphan: boolean;
  stuck: boolean;
  /** It ran, no state and no note knew of it, and the next `up` did not say how to adopt it. */
  unnamed: boolean;
  what: string;
}

/** Each stack has accounts of its own, so that two can be struck at once. */
interface Stage {
  stack: Stack;
  simulator: Simulator;
}

const atOnce = 2;
let stages: Stage[] = [];
let findings: Finding[];

beforeAll(async () => {
  stages = await Promise.all(Array.from({ length: atOnce }, openStage));
  const free = [...stages];
  const found = await inOrder(courses, atOnce, async (course) => {
    const stage = free.pop() as Stage;
    const all = await play(stage, course);
    free.push(stage);
    return all;
  });
  findings = found.flat();
}, 1_200_000);
afterAll(() => Promise.all(stages.map(({ simulator }) => simulator.close())));

async function openStage(): Promise<Stage> {
  const scenario = Object.assign({}, ...subjects.map((subject) => subject.scenario)) as object;
  const simulator = await startSimulator({ readyAfterMs: 300, scenario });
  const stack = await createStack({ program: programOf([], "first"), environment: simulator.environment() });
  return { stack, simulator };
}

async function play({ stack, simulator }: Stage, { calls, ...course }: Course): Promise<Finding[]> {
  const crowd = crowdOf(`course${course.number}`, course.number);
  const startedTwice = watchStarts(simulator, crowd);
  const found: Finding[] = [];
  for (const call of calls)
    found.push(...(await perform({ stack, simulator }, crowd, { ...course, call }, startedTwice)));
  const { code, text } = await stack.start("destroy").result;
  const left = crowd.filter((member) => runningOf(simulator, member).length > 0);
  return found.map((finding) => ({
    ...finding,
    orphan: finding.orphan || left.includes(finding.member),
    stuck: finding.stuck || code !== 0,
    what: `${finding.what}\n-----\n${text}`,
  }));
}

async function perform(
  { stack, simulator }: Stage,
  crowd: Crowd,
  run: Run,
  startedTwice: Set<Member>,
): Promise<Finding[]> {
  const stage = run.call === "create" ? "first" : "second";
  placeAtPoints(crowd, run.number + everyCall.indexOf(run.call) * Object.keys(processFaults).length);
  stack.setProgram(programOf(crowd, stage));
  startedTwice.clear();
  const texts = [await strikeOnce({ stack, simulator }, crowd, run)];

  const lost = run.forgets ? forgotten({ stack, simulator }, crowd) : [];
  const ups = await upUntilDone(stack, crowd, stage, texts);
  const known = idsInState(stack);
  return crowd.map((member) => {
    const own = runningOf(simulator, member);
    return {
      member,
      duplicate: own.length > 1 || startedTwice.has(member),
      orphan: own.some((id) => !known.includes(id)),
      stuck: ups === undefined,
      unnamed: lost.includes(member) && member.adopt === undefined,
      what: `${JSON.stringify(run)}: ${member.name}, ${member.point ?? "just ready"}\n${texts.join("\n-----\n")}`,
    };
  });
}

/** @returns what the operation has written. */
async function strikeOnce({ stack, simulator }: Stage, crowd: Crowd, { fault, call }: Run): Promise<string> {
  const held = holdAtPoints(simulator, crowd);
  // With `--continue-on-error`, an engine whose provider dies while it removes before it replaces never ends.
  const running = stack.start(call === "delete" ? "destroy" : "up");
  await held.reached;
  await processFaults[fault]?.(stack, running, held.release);
  held.release();
  const { text } = await running.result;
  held.end();
  await until(() => !stack.processes().some(isProvider));
  await mend(stack);
  return text;
}

/** Takes the notes away. Those that run on the two platforms where a second one could be made, and in no state. */
function forgotten({ stack, simulator }: Stage, crowd: Crowd): Member[] {
  rmSync(join(stack.folder, "home", "pulumi-inference"), { recursive: true, force: true });
  const known = idsInState(stack);
  return crowd.filter(
    (member) =>
      ["deepinfra", "foundry"].includes(member.platform) &&
      runningOf(simulator, member).some((id) => !known.includes(id)),
  );
}

function runningOf(simulator: Simulator, { name, platform }: Member): string[] {
  const own = simulator.deployments(platform).filter((one) => `${one.id} ${one.name}`.includes(name));
  return own.filter(isRunning).map(({ id }) => id);
}

/** Runs of `up`, the lines that they ask for added to the program; undefined when three did not get through. */
async function upUntilDone(stack: Stack, crowd: Crowd, stage: "first" | "second", texts: string[]) {
  for (let ups = 1; ups <= 3; ups++) {
    const { code, text, diagnostics } = await stack.start("up", ["--continue-on-error"]).result;
    texts.push(text);
    if (code === 0) return ups;
    for (const member of crowd) {
      const own = diagnostics.filter(({ urn }) => urn?.endsWith(`::${member.name}`)).map(({ message }) => message);
      const [, id] = /adopt: "([^"]+)"/.exec(own.join("\n")) ?? [];
      if (id !== undefined) member.adopt = id;
    }
    stack.setProgram(programOf(crowd, stage));
  }
  return undefined;
}

/** From the backend's file, which costs no run of the command. */
function idsInState({ folder }: Stack): string[] {
  const text = readFileSync(join(folder, "backend", ".pulumi", "stacks", "test", "test.json"), "utf8");
  const { checkpoint } = JSON.parse(text) as { checkpoint: { latest?: { resources?: { id?: string }[] } } };
  const { resources = [] } = checkpoint.latest ?? {};
  return resources.flatMap(({ id }) => (id === undefined ? [] : [id.slice(id.indexOf("/") + 1)]));
}

const named = (wrong: (finding: Finding) => boolean): string[] => findings.filter(wrong).map(({ what }) => what);

test("never are there two", () => {
  expect(named(({ duplicate }) => duplicate)).toEqual([]);
});

test("nothing runs that no state knows, nor after destroy", () => {
  expect(named(({ orphan }) => orphan)).toEqual([]);
});

test("up and destroy get through", () => {
  expect(named(({ stuck }) => stuck)).toEqual([]);
});

test("a machine without notes is told how to adopt what runs", () => {
  expect(named(({ unnamed }) => unnamed)).toEqual([]);
});

test("the docs hold what was measured", () => {
  const figures = subjects.map(({ platform, title }): Figures => {
    const own = findings.filter(({ member }) => member.platform === platform);
    const count = (wrong: (finding: Finding) => boolean): number => own.filter(wrong).length;
    const [duplicates, orphans] = [count(({ duplicate }) => duplicate), count(({ orphan }) => orphan)];
    return { platform: title, cases: own.length, duplicates, orphans, stuck: count(({ stuck }) => stuck) };
  });
  const measured = tableOf(figures);
  process.stdout.write(`\nFaults of processes\n${measured}\n`);

  expect(tableInDocs("Faults of processes")).toBe(measured);
});
