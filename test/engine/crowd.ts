/** Deployments on all four platforms in one stack, each of which is held at another point of one call. */
import type { PlatformId, RecordedRequest, Simulator } from "../../simulator";
import { type Subject, subjects } from "../matrix/subjects";
import type { Program } from "../support/engine";
import { type StrikeChoice, strike } from "../support/strike";

/**
 * - `look`: a request that reads, or where a call has none its request, hangs, and is carried out later.
 * - `under way`: the request hangs, and is carried out later.
 * - `answer`: the request was carried out, and the answer is on its way.
 * - `wait`: the deployment is waited for.
 */
const points = ["look", "under way", "answer", "wait"] as const;

export interface Member {
  /** Part of all names that the platform knows. */
  name: string;
  platform: PlatformId;
  subject: Subject;
  /** Undefined for one that is held nowhere: it is just ready. */
  point: (typeof points)[number] | undefined;
  /** The id that an error asked for. */
  adopt?: string;
}

export type Crowd = Member[];

/**
 * One on each platform, and one more.
 *
 * @param turn decides on which platform there are two.
 */
export function crowdOf(course: string, turn: number): Crowd {
  const one = (subject: Subject, name: string): Member => ({
    ...{ name: `${course}-${name}`, platform: subject.platform, subject, point: undefined },
  });
  return [...subjects.map((subject) => one(subject, subject.platform)), one(at(subjects, turn + 1), "ready")];
}

/**
 * Whoever asked for an adoption has had it.
 *
 * @param turn decides which platform stands at which point; with those of one course, which are all odd or all even,
 *   none of the two on one platform is held at its look, which may be a list that names nobody.
 */
export function placeAtPoints(crowd: Crowd, turn: number): void {
  for (const [index, member] of crowd.entries()) {
    member.point = index < subjects.length ? at(points, index + turn) : undefined;
    delete member.adopt;
  }
}

function at<Item>(items: readonly Item[], index: number): Item {
  return items[index % items.length] as Item;
}

/** @param stage the inputs of the first program, or with something changed: in place, or so that it is replaced. */
export function programOf(crowd: Crowd, stage: "first" | "second"): Program {
  const lines = crowd.map(({ name, subject, adopt }, index) => {
    const change = index % 2 === 0 ? "replace" : "scale";
    const inputs = stage === "first" ? subject.inputs(name) : subject.changed[change](name);
    return `new inference.${subject.resource}("${name}", ${JSON.stringify({ ...inputs, adopt })});`;
  });
  return { language: "javascript", code: `const inference = require("pulumi-inference");\n${lines.join("\n")}\n` };
}

/** So long takes what is waited for: longer than it takes to strike. */
const longMs = 8_000;

export interface Held {
  /** All stand at their points. */
  reached: Promise<void>;
  /** Lets the held requests go on. */
  release(): void;
  end(): void;
}

export function holdAtPoints(simulator: Simulator, crowd: Crowd): Held {
  const waiting = new Set(crowd);
  const asked = new Set<Member>();
  let [arrive, release] = [(): void => undefined, (): void => undefined];
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));

  function hasCome(member: Member): void {
    waiting.delete(member);
    if (waiting.size === 0) arrive();
  }

  function choose(request: RecordedRequest): StrikeChoice {
    const member = crowd.find((one) => concerns(simulator, request, one));
    if (member === undefined || !waiting.has(member)) return undefined;
    const { point } = member;
    if (isRead(request)) {
      // The first look after the request finds it pending, or a ready one for which nothing is held.
      if ((point === "wait" || point === undefined) && asked.has(member)) hasCome(member);
      if (point !== "look" || asked.has(member)) return undefined;
      hasCome(member);
      return { kind: "delay", until: released };
    }
    asked.add(member);
    if (point === "wait" || point === undefined) return undefined;
    hasCome(member);
    return { kind: "delay", until: released, acts: point === "answer" };
  }

  const isWaited = (full: string): boolean => crowd.some(({ name, point }) => point === "wait" && full.includes(name));
  const long = { readyAfterMs: longMs, removedAfterMs: longMs };
  simulator.configure({ behaviourOf: ({ name }) => (isWaited(name) ? long : undefined) });
  const end = strike(simulator, choose);
  return { reached, release, end };
}

function concerns(simulator: Simulator, request: RecordedRequest, { name, platform, point }: Member): boolean {
  if (request.platform !== platform) return false;
  if (request.path === "/deploy/list") return point === "look";
  if (`${request.path} ${JSON.stringify(request.query)} ${request.rawBody}`.includes(name)) return true;
  return simulator
    .deployments(platform)
    .some(({ id, name: full, details }) => (full.includes(name) || id.includes(name)) && isAbout(request, id, details));
}

/** Kore's jobs have ids of their own. */
function isAbout({ path }: RecordedRequest, id: string, details: Record<string, unknown> = {}): boolean {
  return path.includes(id) || (typeof details["lastJob"] === "string" && path.includes(details["lastJob"]));
}

function isRead({ method, path }: RecordedRequest): boolean {
  return method === "GET" || path.endsWith("/_search");
}

/** Members whose start was asked for while what it starts was there already; filled while requests come in. */
export function watchStarts(simulator: Simulator, crowd: Crowd): Set<Member> {
  const twice = new Set<Member>();
  simulator.subscribe((request) => {
    if (request.status !== undefined || request.fault !== undefined) return;
    for (const member of crowd) {
      const { subject, platform, name } = member;
      const isStart = request.platform === platform && subject.request.create.test(`${request.method} ${request.path}`);
      const own = simulator.deployments(platform).filter((one) => `${one.id} ${one.name}`.includes(name));
      if (isStart && own.some((one) => subject.isStartedTwice(request, one))) twice.add(member);
    }
  });
  return twice;
}
