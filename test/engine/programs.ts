/** Programs for engine tests: one deployment, with its inputs spelt out as a user writes them. */
import type { Program } from "../support/engine";

export type Host = "dynamic" | "native";

export interface Deployment {
  host?: Host;
  resource: "ModelDeployment" | "LiveDeployment";
  inputs: Record<string, unknown>;
  /** Resource options, as code: `{ customTimeouts: { create: "5s" } }`. */
  options?: string;
  /** Texts that the program marks as secret. */
  secrets?: string[];
  /** Code before the deployment. */
  before?: string;
}

export function deploymentProgram({
  host = "dynamic",
  resource,
  inputs,
  options = "{}",
  secrets = [],
  before = "",
}: Deployment): Program {
  const literal = secrets.reduce(
    (text, secret) => text.replaceAll(JSON.stringify(secret), `pulumi.secret(${JSON.stringify(secret)})`),
    JSON.stringify(inputs, null, 2),
  );
  return {
    language: "javascript",
    plugin: host === "native",
    code: `const pulumi = require("@pulumi/pulumi");
const inference = require("pulumi-inference${host === "native" ? "/native" : ""}");
${before}
const subject = new inference.${resource}("subject", ${literal}, ${options});
exports.endpoint = subject.endpoint;
exports.model = subject.model;
exports.status = subject.status;
exports.ready = subject.ready;
exports.deploymentId = subject.deploymentId;
`,
  };
}
