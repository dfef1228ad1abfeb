/** A deployment of a model that is registered in OpenSearch ML Commons. */
export interface OpenSearchInputs {
  /**
   * The id of a registered model, as the finished registration task shows it: 20 characters, which
   * may begin with `-` or `_`. Changing this replaces the deployment: the old model is undeployed
   * and stays registered.
   */
  modelId: string;
  /**
   * The ids (not the names) of the nodes that the model runs on, as `GET /_nodes` lists them, in any
   * order. Needs the cluster setting `plugins.ml_commons.allow_custom_deployment_plan`. An empty
   * list is the same as none. Changed in place: the model is deployed to the added nodes, and then
   * undeployed from the removed ones.
   *
   * @default all eligible nodes, also those that join the cluster later
   */
  nodeIds?: string[];
}
