/** What must hold after every step, judged by what the simulator holds and was asked. */
import { ProviderError } from "../../provider/errors";
import type { RecordedRequest } from "../../simulator";
import type { Outcomes, SmallEngine } from "../support/small-engine";
import { letterOf, secrets } from "./platforms";
import type { Wants } from "./program";
import { keyOf, platformOf, somebodyElse } from "./world";
import type { Started, World } from "./world";

export interface Judge {
  /** Before a command, with the program that it runs. */
  startOperation(wants: Wants): void;
  /** After a command. @throws Error with what is wrong. */
  judge(outcomes: Outcomes, lines: readonly string[], killed: boolean): void;
  isInState(key: string): boolean;
  /** Running ones of ours that the state does not hold. */
  unknown(): Started[];
  /** All that were ever lost, by their keys. */
  everLost: ReadonlySet<string>;
  /** Whether it is somebody else's, and none of our business. */
  isForeign(started: Started): boolean;
}

const noOutcomes: Outcomes = new Map();

/** A sentence that tells of something that may exist, and what to do. */
const mayExist = /may (still appear|exist|be deploying)|not known whether|not in the state/;
const whatToDo = /`pulumi (up|destroy)`|dashboard|console/;

export function createJudge(world: World, engine: SmallEngine): Judge {
  const everLost = new Set<string>();
  /** Running, in no state, and told to the user, or lost by a kill. */
  const explained = new Set<string>();
  let adopted = new Set<string>();
  let startedBefore = new Map<string, number>();
  let idsBefore = new Map<string, string>();
  let touched: string[] = [];

  const held = (): Set<string> => new Set(engine.resources().map(({ id }) => id));
  const isForeign = ({ maker }: Started): boolean => maker === somebodyElse;

  function unknown(): Started[] {
    const inState = held();
    return world.running().filter((one) => !isForeign(one) && !inState.has(keyOf(one.deployment)));
  }

  world.traffic.onChange = (request) => {
    const victim = foreignIn(world, request, isForeign);
    if (victim !== undefined && !adopted.has(victim)) touched.push(`${request.method} ${request.path}`);
  };

  return {
    everLost,
    isForeign,
    unknown,
    isInState: (key) => held().has(key),
    startOperation(wants) {
      adopted = new Set([...wants.values()].flatMap(({ platform, adopt }) => (adopt ? [`${platform}/${adopt}`] : [])));
      startedBefore = new Map(world.started().map(({ deployment }) => [keyOf(deployment), deployment.starts]));
      idsBefore = new Map(engine.entries().map(([urn, { id }]) => [urn, id]));
      touched = [];
    },
    judge(outcomes, lines, killed) {
      // What was adopted, or taken as it is, is ours from now on.
      for (const [urn, { id }] of engine.entries())
        if (world.traffic.makers.get(id) === somebodyElse) world.traffic.makers.set(id, urn);
      fail("somebody else's deployment was touched", touched);
      fail("a request that the platform does not document", world.simulator.violations());
      failOnBugs(outcomes);
      failOnSecrets(world, [...lines, ...[...outcomes.values()].map(({ error }) => error?.message ?? "")]);
      failOnChangedIds(engine, idsBefore, outcomes);
      failOnTwins(world.running().filter((one) => !isForeign(one)));
      failOnOrphans(killed ? noOutcomes : outcomes, killed);
    },
  };

  function failOnOrphans(outcomes: Outcomes, killed: boolean): void {
    const now = unknown();
    // One that stands still for a while, as after a restart of a cluster, stays told.
    for (const key of held()) explained.delete(key);
    for (const one of now) {
      const key = keyOf(one.deployment);
      const isNew = startedBefore.get(key) !== one.deployment.starts;
      if (isTold(one, outcomes) || (killed && isNew)) explained.add(key);
      everLost.add(key);
    }
    const orphans = now.filter(({ deployment }) => !explained.has(keyOf(deployment)));
    const said = [...outcomes].map(([urn, { operation, error }]) => `${urn}: ${operation} ${error?.message ?? "done"}`);
    fail(`runs, and neither the state nor an error knows it (${said.join("; ")})`, orphans.map(shown));
  }
}

function isTold({ deployment, maker }: Started, outcomes: Outcomes): boolean {
  const name = new RegExp(`\\b${letterOf(deployment)}\\b`);
  return [...outcomes].some(([urn, { error }]) => {
    if (error === undefined) return false;
    if (error.message.includes(deployment.id) && /adopt: "|orphans --remove|dashboard|console/.test(error.message))
      return true;
    return (
      urn === maker &&
      (error.message.includes(deployment.id) || name.test(error.message)) &&
      mayExist.test(error.message) &&
      whatToDo.test(error.message)
    );
  });
}

/** The key of somebody else's deployment that a request names, where the platform gives ids of its own. */
function foreignIn(
  world: World,
  { path, platform }: RecordedRequest,
  isForeign: (one: Started) => boolean,
): string | undefined {
  const one = world
    .started()
    .find(({ deployment }) => deployment.platform === platform && path.includes(encodeURIComponent(deployment.id)));
  if (one === undefined || !platformOf(one.deployment).givesIds || !isForeign(one)) return undefined;
  // Made by us, and started again by somebody: a note of its creation may lead to it.
  if (world.traffic.creators.get(keyOf(one.deployment)) !== somebodyElse) return undefined;
  // Foundry's disabled ones cost nothing, cannot be deleted, and are taken over.
  return platform === "foundry" && one.deployment.removed ? undefined : keyOf(one.deployment);
}

function failOnBugs(outcomes: Outcomes): void {
  const bugs = [...outcomes.values()].flatMap(({ error, operation }) =>
    error === undefined || error instanceof ProviderError || operation === "refuse"
      ? []
      : [error.stack ?? error.message],
  );
  fail("an error that nobody thought of", bugs);
}

function failOnSecrets({ simulator }: World, lines: readonly string[]): void {
  const { deepinfraApiKey, koreApiKey, opensearchPassword, foundryToken } = simulator.credentials;
  const planted = [...secrets, deepinfraApiKey, koreApiKey, opensearchPassword, foundryToken];
  const leaking = lines.filter((line) => planted.some((secret) => line.includes(secret)));
  fail("a secret was said", leaking);
}

function failOnChangedIds(engine: SmallEngine, before: ReadonlyMap<string, string>, outcomes: Outcomes): void {
  const changed = engine.entries().filter(([urn, { id, outputs }]) => {
    if (id !== `${String(outputs["platform"])}/${String(outputs["deploymentId"])}`) return true;
    const old = before.get(urn);
    const { operation } = outcomes.get(urn) ?? {};
    // A creation follows a refresh that found nothing.
    return old !== undefined && old !== id && operation !== "replace" && operation !== "create";
  });
  fail(
    "an id in state changed without a replacement",
    changed.map(([urn, { id }]) => `${urn}: ${before.get(urn)} to ${id}`),
  );
}

function failOnTwins(running: readonly Started[]): void {
  const names = running.map(({ deployment }) => `${deployment.platform}/${platformOf(deployment).nameOf(deployment)}`);
  fail(
    "two run under one name",
    running
      .filter((_, index) => names.indexOf(names[index] ?? "") !== names.lastIndexOf(names[index] ?? ""))
      .map(shown),
  );
}

export function shown({ deployment, maker }: Started): string {
  const { name, status } = deployment;
  return `${keyOf(deployment)} (${name}, ${status}, started by ${maker})`;
}

export function fail(what: string, findings: readonly string[]): void {
  if (findings.length > 0) throw new Error(`${what}: ${findings.join("; ")}`);
}
