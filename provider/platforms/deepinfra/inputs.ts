/** GPUs that the API's documents name. The list grows, so that any other text passes, with a warning. */
export type DeepInfraKnownGpu =
  "L4-24GB" | "L40S-48GB" | "A100-80GB" | "H100-80GB" | "H200-141GB" | "B200-180GB" | "B300-270GB" | "RTXPRO6000-96GB";

/** A GPU by its name on DeepInfra. The known names complete in an editor. */
export type DeepInfraGpu = DeepInfraKnownGpu | (string & {});

/** Where the weights come from. */
export interface DeepInfraWeights {
  /** The repository on Hugging Face: `acme/support-llama-8b`. Changing this replaces the deployment. */
  repo: string;
  /**
   * A branch or a commit's hash. Changing this replaces the deployment.
   *
   * @default the repository's default branch
   */
  revision?: string;
  /**
   * A Hugging Face token that may read the repository. Secret. Sent when the deployment is made;
   * changing it touches no deployment that exists, and is used when one is made the next time.
   */
  token?: string;
}

/** The bounds of autoscaling. Always sent together. */
export interface DeepInfraScaleSettings {
  /**
   * Instances that are kept at least; 0 lets DeepInfra scale to none. Each has `numGpus` GPUs and is
   * billed while it runs. Changed in place.
   *
   * @default 1
   */
  minInstances?: number;
  /**
   * Instances that load may scale up to, at least `minInstances`. Changed in place.
   *
   * @default 1
   */
  maxInstances?: number;
}

/** A custom LLM on dedicated GPUs of DeepInfra. */
export interface DeepInfraInputs {
  /**
   * The model's name on DeepInfra, with or without the account's display name in front:
   * `support-llama` and `acme/support-llama` are the same. Changing this replaces the deployment.
   */
  modelName: string;
  /**
   * The kind of GPU, without a count. Changing this replaces the deployment.
   *
   * @TJS-type string
   */
  gpu: DeepInfraGpu;
  /**
   * GPUs for each instance, 1 to 8. Changing this replaces the deployment.
   *
   * @default 1
   */
  numGpus?: number;
  /**
   * Requests that an instance works on at once, 1 to 256; more are queued. Changing this replaces
   * the deployment.
   *
   * @default 96
   */
  maxBatchSize?: number;
  /** The weights on Hugging Face. Changing anything but the token replaces the deployment. */
  hf?: DeepInfraWeights;
  /** A public model of DeepInfra to start from. Changing this replaces the deployment. */
  baseModel?: string;
  /** The bounds of autoscaling. Changed in place. */
  settings?: DeepInfraScaleSettings;
  /** Further arguments for the inference engine's command line. Changing this replaces the deployment. */
  extraArgs?: string[];
}
