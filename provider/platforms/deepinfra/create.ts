/** Makes a deployment, once. */
import { mayHaveBeenAccepted, messageOf, ProviderError, UnclearError } from "../../errors";
import type { HttpClient } from "../../http/request";
import type { Call, DeploymentReference } from "../../platform";
import type { AccountRows } from "./account-rows";
import * as api from "./api";
import type { DeepInfraInputs } from "./inputs";
import { isSameName, rules } from "./rules";
import type { Deployment } from "./schema";
import { phaseOf } from "./status";

/** Looks first: the API knows no idempotency key, and a second deployment would be billed, too. */
export async function create(
  http: HttpClient,
  accountRows: AccountRows,
  inputs: DeepInfraInputs,
  call: Call,
): Promise<DeploymentReference> {
  const standingIn = (rows: readonly Deployment[]): Deployment[] => rowsNamed(rows, inputs.modelName).filter(isAlive);
  const lately = await accountRows.lately(rules.identity(inputs), call.signal);
  // What stood there a moment ago may be gone by now.
  const isDoubtful = lately.areShared && standingIn(lately.rows).length > 0;
  const before = isDoubtful ? await api.listDeployments(http, call.signal) : lately.rows;
  const standing = standingIn(before);
  if (standing.length > 0) throw alreadyExists(inputs.modelName, standing);
  await call.aboutToCreate();
  try {
    const deploymentId = await api.createLlm(http, inputs, call.signal);
    return { deploymentId, details: {} };
  } catch (error) {
    if (!mayHaveBeenAccepted(error)) throw error;
    return await lookForLost(http, inputs.modelName, before, error, call);
  }
}

/** After an answer that was lost: what stands there now and did not before is what was asked for. */
async function lookForLost(
  http: HttpClient,
  modelName: string,
  before: readonly Deployment[],
  error: unknown,
  call: Call,
): Promise<DeploymentReference> {
  const rows = await listAgain(http, modelName, error, call);
  const known = new Set(before.map(({ deploy_id }) => deploy_id));
  const found = rowsNamed(rows, modelName).filter((row) => !known.has(row.deploy_id) && phaseOf(row.status) !== "gone");
  const [deployment, ...others] = found;
  if (deployment === undefined) {
    throw new UnclearError(
      `${messageOf(error)}; no deployment named "${modelName}" exists now, but it may still appear; run \`pulumi up\` again, which looks for it before it makes one`,
      { cause: error },
    );
  }
  if (others.length > 0) {
    throw new ProviderError(
      `${messageOf(error)}; since then, ${listed(found)} appeared under the name "${modelName}" and may cost money; ${adoptOrRemove(found)}`,
      { cause: error },
    );
  }
  call.warn(`${messageOf(error)}; the deployment was made nevertheless: going on with ${listed(found)}`);
  return { deploymentId: deployment.deploy_id, details: {} };
}

async function listAgain(http: HttpClient, modelName: string, error: unknown, call: Call): Promise<Deployment[]> {
  try {
    return await api.listDeployments(http, call.signal);
  } catch (failure) {
    throw new UnclearError(
      `${messageOf(error)}; whether the deployment was made could not be found out (${messageOf(failure)}), so one named "${modelName}" may exist and cost money; run \`pulumi up\` again, which looks for it first, or look into DeepInfra's dashboard`,
      { cause: error },
    );
  }
}

/** `legacy` rows rent no GPU, and LoRA adapters are another kind; a row without a type may be ours. */
export function rowsNamed(rows: readonly Deployment[], modelName: string): Deployment[] {
  return rows.filter(({ type, model_name }) => (type ?? "llm") === "llm" && isSameName(model_name ?? "", modelName));
}

/** Rows that failed or were deleted stay in the list and leave the name free. */
function isAlive({ status }: Deployment): boolean {
  return !["failed", "gone"].includes(phaseOf(status));
}

function alreadyExists(modelName: string, standing: readonly Deployment[]): ProviderError {
  return new ProviderError(
    `DeepInfra: a deployment named "${modelName}" exists already (${listed(standing)}), nothing was made; ${adoptOrRemove(standing)}, or choose another modelName`,
  );
}

function listed(rows: readonly Deployment[]): string {
  return rows
    .map(({ deploy_id, status, created_at }) => `${deploy_id}, ${status}${created_at ? `, made ${created_at}` : ""}`)
    .join("; ");
}

function adoptOrRemove(rows: readonly Deployment[]): string {
  const lines = rows.map(({ deploy_id }) => `adopt: "${deploy_id}"`).join(" or ");
  return `to take it over, add ${lines} to the resource's inputs; otherwise remove it in DeepInfra's dashboard`;
}
