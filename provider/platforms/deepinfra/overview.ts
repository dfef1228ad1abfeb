/** The deployments of the account that run or are on their way, by one request. */
import type { HttpClient } from "../../http/request";
import type { Call, Overview } from "../../platform";
import { listDeployments } from "./api";
import type { DeepInfraInputs } from "./inputs";
import { toSnapshot } from "./status";

/** Without what was deleted, which stands in the list for good. Words that are not documented are refused. */
const listedStatuses = "initializing,downloading,deploying,running";

export async function overview(http: HttpClient, call: Call): Promise<Overview<DeepInfraInputs>> {
  const found = await listDeployments(http, call.signal, listedStatuses);
  const rows = new Map(found.map((row) => [row.deploy_id, row]));
  return {
    of({ deploymentId }, inputs) {
      const row = rows.get(deploymentId);
      // Rows without a scale were seen (measured, years ago): a changed bound would not be noticed.
      return row?.settings ? toSnapshot(row, http.baseUrl, inputs) : undefined;
    },
  };
}
