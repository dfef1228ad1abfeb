/** Waits for many deployments at once; one that fails does not end the waits of the others. */
import { errorState, stateText } from "../wait/progress";
import type { WaitResult } from "../wait/wait";
import { waitUntilWanted } from "../lifecycle/awaited-deployment";
import type { AwaitedDeployment, Onlooker } from "../lifecycle/awaited-deployment";
import type { LifecycleCall } from "../lifecycle/resource-lifecycle";
import { createFleetLine } from "./fleet-line";
import type { FleetLine } from "./fleet-line";
import type { Member } from "./members";

export interface Outcome {
  member: Member;
  awaited: AwaitedDeployment;
  result: WaitResult<unknown>;
}

export async function waitForAll(call: LifecycleCall, members: readonly Member[]): Promise<Outcome[]> {
  const connections = members.map(({ platform }) => call.connections.connect(platform));
  const longest = Math.max(...connections.map(({ implementation }) => implementation.timeouts.createSeconds));
  const deadlineSeconds = call.timeoutSeconds ?? longest;
  const line = createFleetLine(members.length, call.clock, (text) => call.log.status(text));
  try {
    return await Promise.all(
      connections.map((connection, index) => {
        const member = members[index] as Member;
        const { reference, inputs } = member;
        const awaited = { call, connection, inputs, reference, deadlineSeconds };
        return waitForOne(member, awaited, line, members.length > 1);
      }),
    );
  } finally {
    line.stop();
  }
}

async function waitForOne(
  member: Member,
  awaited: AwaitedDeployment,
  line: FleetLine,
  isOneOfMany: boolean,
): Promise<Outcome> {
  const { name } = member;
  const { redactor } = awaited.connection;
  const onlooker: Onlooker = {
    // The fleet has a line of its own.
    report: () => undefined,
    saw: (snapshot) => line.saw(name, redactor.redact(stateText(snapshot))),
    missed: (error) => line.saw(name, errorState(error)),
  };
  const result = await waitUntilWanted(awaited, onlooker, isOneOfMany);
  // What was cancelled has not failed, and is not told to have.
  if (result.end !== "cancelled") line.ended(name, result.end === "done");
  return { member, awaited, result };
}
