/** Moves a deployment to the wanted nodes, and deploys again what does not run. */
import type { HttpClient } from "../../http/request";
import type { Call, Change, DeploymentReference } from "../../platform";
import { getModel, undeployModel } from "./api";
import { attach, deploy, isUnderWay } from "./deploy";
import type { OpenSearchInputs } from "./inputs";
import { isOnAllNodes, planFits, plannedNodes, stateOf, wantedNodes, without } from "./model-state";
import { requireKnownNodes, runningNodes } from "./nodes";
import type { Model } from "./schema";

export async function update(
  http: HttpClient,
  reference: DeploymentReference,
  { to }: Change<OpenSearchInputs>,
  call: Call,
): Promise<DeploymentReference> {
  const modelId = reference.deploymentId;
  const wanted = wantedNodes(to);
  const known = wanted === undefined ? [] : await requireKnownNodes(http, wanted, call);
  let model = await getModel(http, modelId, call.signal);
  let current = reference;
  if (await isUnderWay(http, modelId, model, call)) {
    current = await attach(http, modelId, call);
    if (planFits(model, wanted)) return current;
    await call.waitUntil(current, ["ready", "degraded", "stopped", "failed"]);
    model = await getModel(http, modelId, call.signal);
  }
  if (stateOf(model) === "DEPLOYED" && planFits(model, wanted)) return current;
  if (wanted === undefined) return deploy(http, modelId, model, undefined, call);
  return moveTo(http, current, model, wanted, known, call);
}

/** Deploys to what is missing first, and takes the rest away when that serves. */
async function moveTo(
  http: HttpClient,
  reference: DeploymentReference,
  model: Model,
  wanted: readonly string[],
  known: readonly string[],
  call: Call,
): Promise<DeploymentReference> {
  const modelId = reference.deploymentId;
  const running = await runningNodes(http, modelId, model, known, call);
  const surplus = without(running, wanted);
  // On all nodes, and just these are wanted: a list turns that into a plan of its own.
  const isOnlyFlagWrong = isOnAllNodes(model) && surplus.length === 0;
  const needsDeploy = stateOf(model) !== "DEPLOYED" || without(wanted, running).length > 0 || isOnlyFlagWrong;
  const current = needsDeploy
    ? // The server refuses a list that leaves out nodes on which the model runs (measured).
      await deploy(http, modelId, model, [...new Set([...wanted, ...running])].sort(), call)
    : reference;
  if (surplus.length === 0) return current;
  if (needsDeploy && !(await isComplete(http, current, wanted, call))) {
    call.warn(
      `model ${modelId} stays on node ${surplus.join(", ")} too, since it does not run on all wanted nodes yet`,
    );
    return current;
  }
  call.noteChange();
  await undeployModel(http, modelId, surplus, call.signal);
  return current;
}

/** Nodes that serve are not taken away for nodes that do not: what is missing is told by the next look. */
async function isComplete(
  http: HttpClient,
  reference: DeploymentReference,
  wanted: readonly string[],
  call: Call,
): Promise<boolean> {
  await call.waitUntil(reference, ["ready", "degraded"]);
  const model = await getModel(http, reference.deploymentId, call.signal);
  return stateOf(model) === "DEPLOYED" && without(wanted, plannedNodes(model)).length === 0;
}
