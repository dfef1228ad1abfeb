import { createEngineLog } from "../../host/engine-log";
import { withoutWireSecrets, withWireSecrets } from "../../host/wire-secrets";
import { requestsPerSecond } from "../../provider/connection/request-rate";
import { ConfigurationError } from "../../provider/errors";
import { suggestion } from "../../provider/inputs/suggestion";
import { isUnknown } from "../../provider/inputs/unknown";
import type { Properties } from "../../provider/resources/resource-kind";
import { connectionsOf } from "../account";
import { messages } from "../protocol";
import type { CheckRequest, CheckResponse } from "../protocol";
import { isExplicit, platforms, settings } from "../provider-settings";
import { fromWire, toWire } from "../wire/properties";
import { failuresOf } from "./check-failures";

/**
 * Nothing is added to what was given: a key from the environment would be kept in state, and used
 * when it is no longer valid. A key that is missing is told by the resource that needs it.
 */
export async function checkConfig(request: CheckRequest): Promise<CheckResponse> {
  const given = withoutWireSecrets(fromWire(request.getNews()));
  const log = createEngineLog(request.getUrn());
  unknownSettings(given).forEach((warning) => log.warn(warning));
  await log.flush();
  const secret = settings.filter((setting) => setting.secret).map(({ key }) => key);
  return new messages.CheckResponse()
    .setInputs(toWire(withWireSecrets(given, secret)))
    .setFailuresList(failuresOf(problemsOf(given, isExplicit(request.getUrn()))));
}

/** What the engine itself keeps beside a provider's settings. */
const engineKeys = ["version", "pluginDownloadURL", "pluginChecksums", "parameterization"];

function unknownSettings(given: Properties): string[] {
  const known = settings.map(({ key }) => key);
  return Object.keys(given)
    .filter((key) => !known.includes(key) && !engineKeys.includes(key) && !key.startsWith("__"))
    .map((key) => `inference:${key} is not a known setting${suggestion(key, known)}`);
}

function problemsOf(given: Properties, explicit: boolean): string[] {
  const wrong = settings.filter(({ key }) => !["string", "number", "boolean", "undefined"].includes(typeof given[key]));
  const failures = wrong.map(({ key }) => `${key}: must be a text`);
  const [platform] = platforms;
  if (platform === undefined || isUnknown(given["requestsPerSecond"])) return failures;
  try {
    requestsPerSecond(connectionsOf(given, explicit).settings(platform));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    failures.push(error.message);
  }
  return failures;
}
