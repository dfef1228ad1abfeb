/** Changes a live deployment in place, in the order that Foundry asks for. */
import { messageOf, ProviderError } from "../../errors";
import type { HttpClient } from "../../http/request";
import { differences, isEqual } from "../../inputs/differences";
import type { Call, Change, DeploymentReference } from "../../platform";
import { isRecord } from "../../resources/resource-kind";
import { disableDeployment, replaceDeployment, startDeployment } from "./api";
import { canonicalRuntime } from "./canonical";
import type { FoundryInputs } from "./inputs";
import type { LiveDeployment } from "./schema";
import { isDisabled } from "./status";

export async function update(
  http: HttpClient,
  reference: DeploymentReference,
  change: Change<FoundryInputs>,
  call: Call,
): Promise<DeploymentReference> {
  const rid = reference.deploymentId;
  const wantsRunning = change.to.enabled !== false;
  const { isChanged, sourcesDiffer } = configurationChange(change);
  let stopped = change.live.phase === "stopped";
  if (isChanged || sourcesDiffer || stopped === wantsRunning) call.noteChange();
  if (!stopped && (sourcesDiffer || !wantsRunning)) {
    await disableDeployment(http, rid, call.signal);
    if (isChanged) await call.waitUntil(reference, ["stopped"]);
    stopped = true;
  }
  if (isChanged) {
    const wasStoppedHere = stopped && change.live.phase !== "stopped" && wantsRunning;
    const replaced = await replace(http, rid, change.to, wasStoppedHere, call);
    // Whether a change starts a disabled deployment is not documented.
    if (!wantsRunning && !isDisabled(replaced)) await disableDeployment(http, rid, call.signal);
  }
  if (wantsRunning && stopped) await startDeployment(http, rid, call.signal);
  return reference;
}

interface ConfigurationChange {
  isChanged: boolean;
  /** Sources can be changed only while the deployment is disabled: 409 otherwise (documented). */
  sourcesDiffer: boolean;
}

/** What the program changed, or what somebody else did to a value that the program gives. */
function configurationChange({ from, to, live }: Change<FoundryInputs>): ConfigurationChange {
  const wanted = canonicalRuntime(to.runtimeConfiguration);
  const held = canonicalRuntime(from.runtimeConfiguration);
  const reported = live.configuration?.runtimeConfiguration;
  const present = isRecord(reported) ? canonicalRuntime(reported) : held;
  const outside = differences(present, wanted).filter(
    (one) => one.segments[0] === "environmentVariables" || (one.from !== undefined && one.to !== undefined),
  );
  return {
    isChanged: outside.length > 0 || !isEqual(held, wanted),
    sourcesDiffer: !isEqual(sourcesOf(present), sourcesOf(wanted)),
  };
}

function sourcesOf(runtime: unknown): unknown {
  return isRecord(runtime) ? runtime["sources"] : undefined;
}

/** @param restart whether it ran until a moment ago, and should not stay down for a change that is refused. */
async function replace(
  http: HttpClient,
  rid: string,
  inputs: FoundryInputs,
  restart: boolean,
  call: Call,
): Promise<LiveDeployment> {
  try {
    return await replaceDeployment(http, rid, inputs, call.signal);
  } catch (error) {
    if (!restart) throw error;
    const now = await startDeployment(http, rid, call.signal).then(
      () => "it was disabled for the change, and is started again as it was",
      () => "it was disabled for the change, and is still: run `pulumi up` again",
    );
    throw new ProviderError(`${messageOf(error)}; ${now}`, { cause: error });
  }
}
