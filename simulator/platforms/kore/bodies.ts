/** The documented body of a deploy, with its ranges and enums. */
import { z } from "zod";
import { type BodyProblem, checkBody, describeProblem } from "../../body-check";
import type { Exchange } from "../../platform";
import type { KoreOptions } from "./options";

export const modelTypes: readonly string[] = ["openSource", "fineTune"];

const hyperParameters = z.strictObject({
  temperature: z.number().min(0).max(2),
  maxTokens: z.int().min(0).max(512),
  topP: z.number().min(0).max(1),
  topK: z.int().min(1).max(100),
  stopSequence: z.array(z.string()).optional(),
});

const scalingParameters = z.strictObject({
  maxBatchSize: z.int().min(1).max(256).optional(),
  minReplicas: z.int().min(1).max(10).optional(),
  maxReplicas: z.int().min(1).max(50).optional(),
  scaleUpDelay: z.int().min(1).max(1000).optional(),
  scaleDownDelay: z.int().min(50).max(2000).optional(),
});

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

/** The samples send `""` for both fields, which their own enums do not hold. */
const optimizationInfo = z.strictObject({
  optimizationType: z.enum(["ctranslate2", "vllm", ""]).optional(),
  quantizationType: z.enum(["no_quantization", "int8_float16", ""]).optional(),
});

const deployBody = z.strictObject({
  name: z.string().min(1),
  isDeployedPreviously: z.boolean().optional(),
  hyperParameters,
  scalingParameters: scalingParameters.optional(),
  deviceType: z.enum(deviceTypes),
  optimizationInfo: optimizationInfo.optional(),
});

const galeDeployBody = deployBody.extend({ isDeployedPreviouly: z.boolean().optional() });

export type DeployBody = z.output<typeof deployBody>;

/** The problems for which a deploy is refused; none means that the body is a `DeployBody`. */
export function checkDeployBody(exchange: Exchange, options: KoreOptions): BodyProblem[] {
  const problems = checkBody(options.dialect === "gale" ? galeDeployBody : deployBody, exchange.body);
  for (const problem of problems) {
    if (problem.undocumented) exchange.violation(describeProblem(problem));
  }
  return options.strict ? problems : problems.filter((problem) => !problem.undocumented);
}
