/** Foundry's errors in our terms. */
import type { PlatformErrorKind, PlatformErrorText } from "../../errors";
import { firstText, jsonOf, memberOf, shorten } from "../../http/error-text";
import { tokenPath } from "./api";

/** Errors that say that the thing is gone; any other 404 says nothing about it. */
const missingNames = new Set(["LiveDeploymentNotFound", "ModelNotFound"]);

/** @param path the request's, since the token endpoint's refusals are about the client. */
export function describeError(status: number, body: string, _method: string, path: string): PlatformErrorText {
  const json = jsonOf(body);
  const parameters = memberOf(json, "parameters");
  // The token endpoint has OAuth's own shape.
  const code = firstText(memberOf(json, "errorName"), memberOf(json, "error"));
  const instanceId = firstText(memberOf(json, "errorInstanceId"));
  const kind = kindOf(status, code);
  const advice =
    path === tokenPath ? clientAdvice : adviceFor(status, firstText(memberOf(json, "errorName")), parameters);
  return {
    text: textOf(json, body, parameters),
    ...(code === undefined ? {} : { code }),
    ...(instanceId === undefined ? {} : { instanceId }),
    ...(kind === undefined ? {} : { kind }),
    ...(advice === undefined ? {} : { advice }),
  };
}

/** The envelope rarely holds a sentence: its parameters are the text. */
function textOf(json: unknown, body: string, parameters: unknown): string {
  if (typeof json !== "object" || json === null) return shorten(body);
  const sentence = firstText(
    memberOf(json, "errorDescription"),
    memberOf(json, "message"),
    memberOf(json, "error_description"),
    memberOf(json, "errorCode"),
  );
  const facts = Object.entries(typeof parameters === "object" && parameters !== null ? parameters : {}).map(
    ([name, value]) => `${name} ${plain(value)}`,
  );
  return shorten([sentence, facts.join(", ")].filter(Boolean).join(": "));
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(" ") || "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function kindOf(status: number, code: string | undefined): PlatformErrorKind | undefined {
  if (status !== 404) return undefined;
  return code !== undefined && missingNames.has(code) ? "not-found" : "refused";
}

const clientAdvice = "check foundryHostname, foundryClientId and foundryClientSecret";

const accessAdvice =
  "an OAuth client needs the scopes api:models-read and api:models-write enabled, and its user a role on the model and the project";

/** `of` gives a parameter of the error as a text. */
type Advice = (of: (parameter: string) => string) => string;

/** The errors that the API declares for these endpoints, and the general ones. */
const adviceByName = new Map<string, Advice>([
  ["ApiFeaturePreviewUsageOnly", () => "preview=true was sent: something on the way to Foundry drops the query"],
  ["ThreadCountTooHigh", (of) => `set threadCount to ${of("maxThreadCount")} at most`],
  ["InvalidGpuCount", (of) => `set gpu.count to a number from 1 to ${of("maxGpuCount")}`],
  [
    "GpuTypeNotAvailable",
    (of) =>
      `the project's resource queue has ${of("availableGpuTypes") || "no GPU"}: set gpu.type to one of these, or leave it out`,
  ],
  [
    "ReservedEnvironmentVariable",
    (of) => `rename the environment variable ${of("name")}: Foundry keeps this name for itself`,
  ],
  [
    "DeploymentSourceNotImportedIntoProject",
    (of) => `import the source ${of("sourceRid")} into the project ${of("projectRid")}`,
  ],
  [
    "DeploymentSourceCannotExportResourceMarkings",
    (of) => `allow the source ${of("sourceRid")} to export the markings of ${of("resourceRid")}`,
  ],
  ["DeploymentSourceNotEnabledForComputeModules", (of) => `enable the source ${of("sourceRid")} for compute modules`],
  ["UnsupportedLiveDeployment", () => "only direct deployments of a model are supported, none of a Modeling Objective"],
  [
    "LiveDeploymentSourcesCannotBeUpdatedWhileRunning",
    () => "somebody started it while its sources were changed: run `pulumi up` again",
  ],
  ["ModelNotFound", () => "check modelRid, and that the credentials may see the model"],
  ["CreateLiveDeploymentPermissionDenied", () => accessAdvice],
  ["ReplaceLiveDeploymentPermissionDenied", () => accessAdvice],
  ["DisableLiveDeploymentPermissionDenied", () => accessAdvice],
  ["StartLiveDeploymentPermissionDenied", () => accessAdvice],
  ["ApiUsageDenied", () => accessAdvice],
]);

function adviceFor(status: number, name: string | undefined, parameters: unknown): string | undefined {
  const advice = name === undefined ? undefined : adviceByName.get(name);
  if (advice !== undefined) return advice((parameter) => plainOrEmpty(memberOf(parameters, parameter)));
  // Documented: without a body, the endpoint itself does not exist.
  if (status === 404 && name === undefined) {
    return "this Foundry has no live deployment API, or foundryHostname is not the address of a Foundry";
  }
  return undefined;
}

function plainOrEmpty(value: unknown): string {
  if (value === undefined || value === null) return "";
  return Array.isArray(value) ? value.map(plain).join(", ") : plain(value);
}
