/** Where the model comes from: Kore's catalogue and Hugging Face, or a fine-tuning in Kore. */
export type KoreModelType = "openSource" | "fineTune";

/** AWS instance types that Kore deploys to. One replica takes one machine, however many GPUs it has. */
export type KoreDeviceType =
  | "g4dn.xlarge"
  | "g5.xlarge"
  | "g5.2xlarge"
  | "g6e.xlarge"
  | "g4dn.12xlarge"
  | "g5.12xlarge"
  | "g5.48xlarge"
  | "g4dn.metal";

/** Defaults of generation. */
export interface KoreHyperParameters {
  /** Randomness of the output, 0 to 2. Changed in place. */
  temperature: number;
  /** Tokens that an answer may have, 0 to 512. Changed in place. */
  maxTokens: number;
  /** Share of the probability that tokens are chosen from, 0 to 1. Changed in place. */
  topP: number;
  /** Number of tokens that the next one is chosen from, 1 to 100. Changed in place. */
  topK: number;
  /** Texts that end an answer. Changed in place. */
  stopSequence?: string[];
}

/** Bounds and pace of autoscaling. Kore does not document what it takes for what is left out. */
export interface KoreScalingParameters {
  /** Requests that a replica works on at once, 1 to 256. Changed in place. */
  maxBatchSize?: number;
  /** Replicas that are kept at least, 1 to 10. Changed in place. */
  minReplicas?: number;
  /** Replicas that load may scale up to, 1 to 50. Changed in place. */
  maxReplicas?: number;
  /**
   * Delay before scaling up, 1 to 1000. Passed on unchanged: the API's page says milliseconds, the
   * console says seconds, and the samples (30) make sense as seconds only. Changed in place.
   */
  scaleUpDelay?: number;
  /**
   * Delay before scaling down, 50 to 2000. Passed on unchanged: the API's page says milliseconds,
   * the console says seconds, and the samples (600) make sense as seconds only. Changed in place.
   */
  scaleDownDelay?: number;
}

/** Optimization of the model, for models from Kore's catalogue. An empty text skips it. */
export interface KoreOptimizationInfo {
  /** The inference engine. Changed in place. */
  optimizationType?: "" | "ctranslate2" | "vllm";
  /** Quantization; `int8_float16` is documented for `ctranslate2`. Changed in place. */
  quantizationType?: "" | "no_quantization" | "int8_float16";
}

/**
 * A deployment of a model in Kore.ai (GALE, AI for Process). Kore wants the first deployment of a
 * model to be made in its console; from then on this resource changes and repeats it.
 */
export interface KoreInputs {
  /** The model's id in Kore: `cm-…`. Changing this replaces the deployment. */
  modelId: string;
  /** Where the model comes from. Changing this replaces the deployment. */
  modelType: KoreModelType;
  /** The name of the deployment; Kore appends a version to it at each deployment. Changed in place. */
  name: string;
  /** Defaults of generation. Changed in place. */
  hyperParameters: KoreHyperParameters;
  /** Bounds and pace of autoscaling. Changed in place. */
  scalingParameters?: KoreScalingParameters;
  /** The machine that each replica runs on. Changed in place. */
  deviceType: KoreDeviceType;
  /** Optimization of the model. Changed in place. */
  optimizationInfo?: KoreOptimizationInfo;
  /**
   * Whether the model was deployed before, as told to Kore when the resource is created; updates
   * always tell that it was. Changing it touches no deployment.
   *
   * @default true
   */
  isDeployedPreviously?: boolean;
  /**
   * The address of the deployed model, from its page in Kore's console: the API never tells it. It
   * becomes the output `endpoint`, and changing it touches no deployment.
   */
  endpoint?: string;
}
