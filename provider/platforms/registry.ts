/** The platforms. A new one is a folder beside this file and one line below. */
import { deepinfra } from "./deepinfra";
import { foundry } from "./foundry";
import { kore } from "./kore";
import { opensearch } from "./opensearch";

/** Platforms of `ModelDeployment`, each a block of its inputs. */
export const modelPlatforms = {
  /** A custom LLM on dedicated GPUs of DeepInfra. */
  deepinfra,
  /** A deployment of an open-source or fine-tuned model in Kore.ai (GALE, AI for Process). */
  kore,
  /** A deployment of a registered model of OpenSearch ML Commons. */
  opensearch,
};

/** The platform of `LiveDeployment`. */
export const livePlatform = foundry;
