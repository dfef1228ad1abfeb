/** Programs for engine tests: deployments, with their inputs spelt out as a user writes them. */
import type { Program } from "../support/engine";

export type Host = "dynamic" | "native";

export interface Deployment {
  /** The resource's, and that of the output that holds what it says of itself. */
  name: string;
  resource: "ModelDeployment" | "LiveDeployment";
  inputs: Record<string, unknown>;
  /** Texts that the program marks as secret. */
  secrets: string[];
}

export function deploymentsProgram(host: Host, deployments: readonly Deployment[]): Program {
  const lines = deployments.map(({ name, resource, inputs, secrets }) => {
    const literal = secrets.reduce(
      (text, secret) => text.replaceAll(JSON.stringify(secret), `pulumi.secret(${JSON.stringify(secret)})`),
      JSON.stringify(inputs, null, 2),
    );
    return `exports.${name} = shown(new inference.${resource}("${name}", ${literal}));\n`;
  });
  return {
    language: "javascript",
    plugin: host === "native",
    code: `const pulumi = require("@pulumi/pulumi");
const inference = require("pulumi-inference${host === "native" ? "/native" : ""}");
const shown = ({ endpoint, model, status, ready, deploymentId }) => ({ endpoint, model, status, ready, deploymentId });
${lines.join("")}`,
  };
}
