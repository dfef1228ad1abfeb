/** An account whose answers are scripted, and the documented answers. */
import { deepinfra } from "../../../provider/platforms/deepinfra";
import type { DeepInfraInputs } from "../../../provider/platforms/deepinfra/inputs";
import { openScriptedAccount, type ScriptedAccount } from "../../support/scripted-account";
import type { ScriptedAnswer } from "../../support/scripted-server";
import answers from "./fixtures/answers.json";

export const { deployments, errors } = answers;

export const apiKey = "di-key-8f2b61c0";
export const token = "hf_AbCdEfGhIjKlMnOp";

export const inputs: DeepInfraInputs = {
  modelName: "support-7b",
  gpu: "H100-80GB",
  hf: { repo: "acme/support-7b", token },
  settings: { minInstances: 1, maxInstances: 2 },
};

export const reference = { deploymentId: "DpM4BkrjEspUwmTa", details: {} };

export async function openAccount(...scripted: ScriptedAnswer[]): Promise<ScriptedAccount> {
  const config = (url: string): Record<string, string> => ({ deepinfraUrl: url, deepinfraApiKey: apiKey });
  const account = await openScriptedAccount(deepinfra, config, ...scripted);
  // As the core does before it calls an adapter.
  account.connection.redactor.add(token);
  return account;
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
