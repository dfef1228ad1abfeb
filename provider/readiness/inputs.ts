/** Inputs of a `Readiness`, and nothing else. */

/** One deployment to wait for. */
export interface ReadinessDeployment {
  /** The deployment's own `id`: `<platform>/<the platform's own id>`. */
  id: string;
  /**
   * The deployment's output `generation`: when it changes, the deployment is waited for again.
   *
   * @TJS-type integer
   */
  generation?: number;
  /** The deployment's output `details`, where its platform needs them to say how it does: Kore.ai, OpenSearch. */
  details?: { [fact: string]: unknown };
  /**
   * The few inputs of the deployment that its platform needs for the same: `endpoint` of Kore.ai, `nodeIds` of
   * OpenSearch, `modelRid` and `enabled` of Foundry.
   */
  inputs?: { [input: string]: unknown };
}

/** What to wait for. */
export interface ReadinessInputs {
  /** The deployments, each under a name of its own. They all live in the accounts of the resource's provider. */
  deployments: { [name: string]: ReadinessDeployment };
}
