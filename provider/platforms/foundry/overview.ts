/** All live deployments of one model by one request. */
import type { HttpClient } from "../../http/request";
import type { Call, Overview } from "../../platform";
import { listDeployments } from "./api";
import type { FoundryInputs } from "./inputs";
import { toSnapshot } from "./status";

/** The list's members have the shape of a single answer (documented). */
export async function overview(http: HttpClient, modelRid: string, call: Call): Promise<Overview<FoundryInputs>> {
  const found = new Map((await listDeployments(http, { modelRid }, call.signal)).map((one) => [one.rid, one]));
  return {
    of({ deploymentId }) {
      const deployment = found.get(deploymentId);
      return deployment && toSnapshot(deployment, http.baseUrl);
    },
  };
}
