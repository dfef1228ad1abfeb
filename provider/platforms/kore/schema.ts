/** The block `kore`, checked strictly, and the platform's answers, read as leniently as they can be. */
import { z } from "zod";
import { firstText } from "../../http/error-text";
import type { Agreeing } from "../../inputs/agreement";
import { integerBetween, numberBetween, oneOf, text } from "../../inputs/fields";
import type { KoreInputs } from "./inputs";

const deviceTypes = [
  "g4dn.xlarge",
  "g5.xlarge",
  "g5.2xlarge",
  "g6e.xlarge",
  "g4dn.12xlarge",
  "g5.12xlarge",
  "g5.48xlarge",
  "g4dn.metal",
] as const;

/** The bounds are documented; that they are inclusive is inferred from samples that sit on them. */
const block = z.strictObject({
  modelId: text(),
  modelType: oneOf(["openSource", "fineTune"]),
  name: text(),
  hyperParameters: z.strictObject({
    temperature: numberBetween(0, 2),
    maxTokens: integerBetween(0, 512),
    topP: numberBetween(0, 1),
    topK: integerBetween(1, 100),
    stopSequence: z.array(z.string()).optional(),
  }),
  scalingParameters: z
    .strictObject({
      maxBatchSize: integerBetween(1, 256).optional(),
      minReplicas: integerBetween(1, 10).optional(),
      maxReplicas: integerBetween(1, 50).optional(),
      scaleUpDelay: integerBetween(1, 1000).optional(),
      scaleDownDelay: integerBetween(50, 2000).optional(),
    })
    .optional(),
  deviceType: oneOf(deviceTypes),
  // The documents' own samples send empty texts, which their lists of values leave out.
  optimizationInfo: z
    .strictObject({
      optimizationType: oneOf(["", "ctranslate2", "vllm"]).optional(),
      quantizationType: oneOf(["", "no_quantization", "int8_float16"]).optional(),
    })
    .optional(),
  isDeployedPreviously: z.boolean().optional(),
  endpoint: text().optional(),
});

export const koreBlock: Agreeing<KoreInputs, typeof block> = block;

/** A job of the dock, as the answers of deploy, undeploy and dock status all describe one. */
export interface Job {
  /** Spelt in four ways in the documents. */
  id: string | undefined;
  /** Documented: IN_PROGRESS, SUCCESS, FAILED. Empty when there is none. */
  status: string;
  /** The whole answer, for the reason of a failure, since no field for it is documented. */
  body: Record<string, unknown>;
}

/**
 * What the answers echo as `action`, `jobType` or `modelId` is not read: the documents' samples show
 * it wrong. An empty answer is a job of which nothing is known.
 */
export const job = z
  .record(z.string(), z.unknown())
  .default({})
  .transform((body): Job => ({
    id: firstText(body["dockStatusId"], body["dock-statusId"], body["dockstatusId"], body["_id"]),
    status: firstText(body["status"]) ?? "",
    body,
  }));
