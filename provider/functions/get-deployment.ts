/** One deployment, whoever made it. */
import { z } from "zod";
import { ProviderError } from "../errors";
import { text } from "../inputs/fields";
import { formatIdentifier, parseIdentifier } from "../lifecycle/identifier";
import { toState } from "../lifecycle/state";
import type { Outputs } from "../lifecycle/state";
import { connectTo, platformIds } from "./function";
import type { ProviderFunction } from "./function";
import type { GetDeploymentArgs, GetDeploymentResult } from "./types";

export const getDeployment: ProviderFunction<GetDeploymentArgs, GetDeploymentResult> = {
  description: "What a platform tells of one deployment, whoever made it. Of Kore.ai's it tells nothing.",
  inputs: z.strictObject({ id: text() }),
  async run({ id }, call) {
    const { platform: name, deploymentId } = parseIdentifier(id, platformIds);
    const { connection, lent } = connectTo(name, call);
    const { adapter, platform, redactor } = connection;
    const reference = { deploymentId, details: {} };
    const snapshot = await adapter.observe(reference, undefined, lent);
    if (snapshot.phase === "gone") throw new ProviderError(`${platform.title}: there is no deployment ${deploymentId}`);
    const outputs = toState({}, { platform, inputs: {} }, reference, snapshot, redactor) as unknown as Outputs;
    return { id: formatIdentifier(platform.id, deploymentId), ...outputs };
  },
};
