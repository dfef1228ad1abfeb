/** Who may do what: credentials, roles, and the groups of models. */
import type { World } from "../../platform";
import { argumentError, forbidden, statusError, unauthorized } from "./errors";
import type { OpensearchOptions } from "./options";

const ml = "cluster:admin/opensearch/ml";

/** What `ml_read_access` allows, as far as it was captured; `tasks/search` is inferred from `tasks/get`. */
const readActions = ["models/get", "models/search", "tasks/get", "tasks/search", "profile/nodes"].map(
  (name) => `${ml}/${name}`,
);

/** The answer to a request without the right credentials. */
export function refuseStranger(world: World<OpensearchOptions>, header: string | undefined): Response | undefined {
  if (world.options().authentication === "none") return undefined;
  const { opensearchPassword, opensearchUsername } = world.credentials;
  const expected = Buffer.from(`${opensearchUsername}:${opensearchPassword}`).toString("base64");
  const [scheme = "", given] = (header ?? "").split(" ");
  return scheme.toLowerCase() === "basic" && given === expected ? undefined : unauthorized();
}

/** The answer to a request that the user's role does not allow. */
export function refuseAction(world: World<OpensearchOptions>, action: string): Response | undefined {
  const { authentication, deniedActions } = world.options();
  if (authentication === "none") return undefined;
  const allowed = isAllowed(world.options().role, action) && !deniedActions.includes(action);
  return allowed ? undefined : forbidden(action, world.credentials.opensearchUsername);
}

/** The answer to a request for a model in somebody else's group; undeploying has one of its own (measured). */
export function refuseModel(
  world: World<OpensearchOptions>,
  modelId: string,
  action: "read" | "update" | "undeploy",
): Response | undefined {
  if (!world.options().restrictedModels.includes(modelId)) return undefined;
  if (action === "undeploy") return argumentError(`No permission to undeploy model ${modelId}`);
  const reason = "User doesn't have privilege to perform this operation on this model";
  return statusError(403, action === "update" ? `${reason}, model ID ${modelId}` : reason);
}

function isAllowed(role: OpensearchOptions["role"], action: string): boolean {
  if (role === "admin") return true;
  if (role === "ml_full_access") return action.startsWith(`${ml}/`) || action.startsWith("cluster:monitor/");
  return role === "ml_read_access" && readActions.includes(action);
}
