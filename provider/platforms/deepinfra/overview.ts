/** All deployments of the account that run, by one request. */
import type { HttpClient } from "../../http/request";
import type { Call, Overview } from "../../platform";
import { listDeployments } from "./api";
import type { DeepInfraInputs } from "./inputs";
import { toSnapshot } from "./status";

export async function overview(http: HttpClient, call: Call): Promise<Overview<DeepInfraInputs>> {
  // Those that were deleted would stand in the list for good.
  const running = await listDeployments(http, call.signal, "running");
  const rows = new Map(running.map((row) => [row.deploy_id, row]));
  return {
    of({ deploymentId }, inputs) {
      const row = rows.get(deploymentId);
      // Rows without a scale were seen (measured, years ago): a changed bound would not be noticed.
      return row?.settings ? toSnapshot(row, http.baseUrl, inputs) : undefined;
    },
  };
}
