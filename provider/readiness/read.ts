/** One look at each deployment, for a refresh, which never fails because of one platform. */
import { CancelledError, messageOf, PlatformError } from "../errors";
import { unconfirmed, wantedPhase } from "../lifecycle/awaited-deployment";
import { lendCall } from "../lifecycle/lent-call";
import { sharedReadMs } from "../lifecycle/read";
import type { ReadResult } from "../lifecycle/read";
import type { LifecycleCall } from "../lifecycle/resource-lifecycle";
import { isRecord } from "../resources/resource-kind";
import type { Properties } from "../resources/resource-kind";
import { errorState } from "../wait/progress";
import { membersOf } from "./members";
import type { Member } from "./members";
import { seen, toState } from "./outcome";
import type { Sight } from "./outcome";

export async function read(call: LifecycleCall, state: Properties): Promise<ReadResult> {
  const sights = await Promise.all(membersOf(state).map((member) => lookAt(call, member, state)));
  if (call.signal.aborted) throw new CancelledError("the refresh was cancelled");
  const { deployments } = state;
  return { state: toState({ deployments }, sights), inputs: { deployments } };
}

async function lookAt(call: LifecycleCall, member: Member, state: Properties): Promise<Sight> {
  const { inputs, reference, platform, name } = member;
  try {
    const connection = call.connections.connect(platform);
    const lent = { ...lendCall(call, connection, inputs), maximumAgeMs: sharedReadMs };
    const snapshot = await connection.adapter.observe(reference, inputs, lent);
    const believed = snapshot.phase === "gone" ? snapshot : unconfirmed(snapshot);
    return seen(member, believed, connection.redactor, snapshot.phase === wantedPhase({ connection, inputs }));
  } catch (error) {
    if (!call.signal.aborted) call.log.warn(`${name}: its status is unknown: ${reasonOf(error)}`);
    const endpoints = isRecord(state["endpoints"]) ? state["endpoints"] : {};
    // A platform that cannot be asked says nothing against what was seen last.
    return {
      member,
      status: "unknown",
      endpoint: endpoints[name] as string | undefined,
      isWell: state["ready"] === true,
    };
  }
}

/** Without the platform's words: the secrets that it may repeat are inputs of the deployments, which are not known here. */
function reasonOf(error: unknown): string {
  return error instanceof PlatformError ? errorState(error) : messageOf(error);
}
