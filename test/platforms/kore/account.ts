/** An account whose answers are scripted, and the documented answers. */
import { kore } from "../../../provider/platforms/kore";
import type { KoreInputs } from "../../../provider/platforms/kore/inputs";
import { openScriptedAccount, type ScriptedAccount } from "../../support/scripted-account";
import type { ScriptedAnswer } from "../../support/scripted-server";
import answers from "./fixtures/answers.json";

export const { deploy, undeploy, dockStatus, errors } = answers;

export const apiKey = "kg-a1b2c3d4-key";
export const modelId = "cm-77aa11bb-e229-533c-8446-566778899001";
export const jobId = "ds-d0aa11bd-b229-5330-8445-5b5566778891";

export const inputs: KoreInputs = {
  modelId,
  modelType: "openSource",
  name: "Flant5_model",
  hyperParameters: { temperature: 1, maxTokens: 512, topP: 1, topK: 50 },
  deviceType: "g5.xlarge",
};

/** As kept after a deploy that is under way. */
export const deploying = {
  deploymentId: modelId,
  details: { action: "DEPLOY", dockStatusId: jobId, status: "IN_PROGRESS" },
};

export function openAccount(...scripted: ScriptedAnswer[]): Promise<ScriptedAccount> {
  return openDialect("ai-for-process", ...scripted);
}

export function openDialect(koreDialect: string, ...scripted: ScriptedAnswer[]): Promise<ScriptedAccount> {
  const config = (url: string): Record<string, string> => ({ koreHost: `${url}/`, koreApiKey: apiKey, koreDialect });
  return openScriptedAccount(kore, config, ...scripted);
}

/** The error that a promise is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!("error" in outcome)) throw new Error(`expected a failure, got ${JSON.stringify(outcome.value)}`);
  return outcome.error as Error;
}
