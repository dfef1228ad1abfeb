/** The course of one case: what is there before, the operation with the fault, and the way back without it. */
import type { RecordedRequest } from "../../simulator";
import { createSmallEngine, type Outcomes, type Properties, type SmallEngine } from "../support/small-engine";
import { type Aim, takeAim } from "./aim";
import type { MatrixCase } from "./cases";
import { refusedKey } from "./faults";
import type { Lane } from "./lane";
import { isRunning, type Subject, subjects } from "./subjects";

/** What happened, for the judge. */
export interface Course {
  /** How many requests were struck. */
  struck: number;
  /** What the user was shown, in order: by the operation with the fault first. */
  errors: string[];
  /** Runs of `up` until one succeeded; undefined when none did. */
  ups: number | undefined;
  /** The largest number of deployments of one identity that ran at one moment. */
  mostAtOnce: number;
  /** Starts that were asked for while what they start was there already. */
  startedTwice: number;
  /** After the last `up`: the ids that run, and the one in state. */
  running: string[];
  saved: string | undefined;
  /** Runs of `destroy` until one succeeded; undefined when none did. */
  destroys: number | undefined;
  /** After the last `destroy`. */
  leftOver: string[];
}

/** Bounds what a lasting fault holds up, in seconds. */
const faultedTimeout = 12;
/** Longer than any wait of the way back. */
const calmTimeout = 120;
/** A rightly refused `up`, the one that follows its advice, and one more. */
const mostRuns = 3;

export async function runCase(lane: Lane, theCase: MatrixCase): Promise<Course> {
  const subject = subjects.find(({ platform }) => platform === theCase.platform) as Subject;
  const urn = `urn:pulumi:matrix::matrix::pulumi-nodejs:dynamic/inference:${subject.resource}::${theCase.name}`;
  let timeoutSeconds = calmTimeout;
  const engine = createSmallEngine(lane.provider(subject, () => timeoutSeconds));
  const watched = watch(lane, theCase, subject);
  const errors: string[] = [];
  const run = async (operation: Promise<Outcomes>): Promise<boolean> => {
    const failed = [...(await operation).values()].flatMap(({ error }) => (error === undefined ? [] : [error.message]));
    errors.push(...failed);
    return failed.length === 0;
  };

  if (theCase.call === "wait") watched.aim = takeAim(subject, brokenWait(theCase), () => undefined);
  if (theCase.call !== "create") await engine.up({ [urn]: subject.inputs(theCase.name) });
  watched.aim = undefined;
  if (theCase.call === "update" && subject.outside !== undefined) await stopOutside(lane, theCase, subject, engine);

  timeoutSeconds = theCase.lasts ? faultedTimeout : calmTimeout;
  let revive: (() => void) | undefined;
  const aim = takeAim(subject, theCase, () => {
    if (theCase.point === "save") revive = engine.kill();
  });
  watched.aim = aim;
  const wished = wishOf(theCase, subject);
  await run(operationOf(theCase, engine, { [urn]: wished }));
  watched.aim = undefined;
  revive?.();

  timeoutSeconds = calmTimeout;
  if (theCase.call === "delete") await run(engine.refresh());
  const ups = await untilDone(() => run(engine.up({ [urn]: withAdvice(wished, errors) })));
  const [running, saved] = [watched.running(), engine.saved(urn)?.id];
  const destroys = await untilDone(() => run(engine.destroy()));
  return {
    ...watched.counts,
    struck: aim.struck(),
    errors,
    ups,
    running,
    saved,
    destroys,
    leftOver: watched.running(),
  };
}

/** Of a create, whose deployment is kept: a key that is refused ends the wait at once. */
function brokenWait(theCase: MatrixCase): MatrixCase {
  return { ...theCase, call: "create", point: "wait", fault: refusedKey, lasts: false };
}

function wishOf({ name, call }: MatrixCase, subject: Subject): Properties {
  return call === "update" || call === "scale" || call === "replace"
    ? subject.changed[call](name)
    : subject.inputs(name);
}

function operationOf({ call }: MatrixCase, engine: SmallEngine, wishes: Record<string, Properties>): Promise<Outcomes> {
  if (call === "delete") return engine.destroy();
  return call === "read" ? engine.refresh() : engine.up(wishes);
}

/** The program, with the line that the newest error asks for. */
function withAdvice(wished: Properties, errors: readonly string[]): Properties {
  const [, id] = /adopt: "([^"]+)"/.exec(errors.at(-1) ?? "") ?? [];
  return id === undefined ? wished : { ...wished, adopt: id };
}

async function untilDone(attempt: () => Promise<boolean>): Promise<number | undefined> {
  for (let runs = 1; runs <= mostRuns; runs++) if (await attempt()) return runs;
  return undefined;
}

async function stopOutside(lane: Lane, { name }: MatrixCase, { platform, outside }: Subject, engine: SmallEngine) {
  const id = lane.simulator.deployments(platform).find((one) => one.name.includes(name))?.id ?? "";
  lane.simulator.act({ platform, id, action: outside ?? "" });
  await engine.refresh();
}

interface Watched {
  aim: Aim | undefined;
  counts: Pick<Course, "mostAtOnce" | "startedTwice">;
  running(): string[];
}

/** Samples what runs after each request that may start something. */
function watch({ simulator, watch: listen }: Lane, { name, platform }: MatrixCase, subject: Subject): Watched {
  const own = () => simulator.deployments(platform).filter((one) => `${one.id} ${one.name}`.includes(name));
  const identity = (one: { id: string; name: string }) =>
    platform === "deepinfra" || platform === "foundry" ? one.name : one.id;
  const watched: Watched = {
    aim: undefined,
    counts: { mostAtOnce: 0, startedTwice: 0 },
    running: () =>
      own()
        .filter(isRunning)
        .map(({ id }) => id),
  };
  const isRefusal = (aim: Aim | undefined): boolean => aim?.fault !== undefined && aim.fault.strike === undefined;
  const isStart = ({ method, path }: RecordedRequest) => subject.request.create.test(`${method} ${path}`);
  listen(name, {
    arrived(request) {
      const isTwice = isStart(request) && own().some((one) => subject.isStartedTwice(request, one));
      if (isTwice) watched.counts.startedTwice++;
      const { aim } = watched;
      return !isRefusal(aim) && aim?.strikes(request) === true ? aim.fault?.strike : undefined;
    },
    refuses: (request) => isRefusal(watched.aim) && watched.aim?.strikes(request) === true,
    answered(request) {
      if (!isStart(request)) return;
      const identities = own().filter(isRunning).map(identity);
      const most = Math.max(0, ...identities.map((one) => identities.filter((other) => other === one).length));
      watched.counts.mostAtOnce = Math.max(watched.counts.mostAtOnce, most);
    },
  });
  return watched;
}
