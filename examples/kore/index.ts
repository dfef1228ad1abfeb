import * as pulumi from "@pulumi/pulumi";
import * as inference from "pulumi-inference";

const config = new pulumi.Config();

const flan = new inference.ModelDeployment("flan", {
  kore: {
    modelId: config.require("modelId"),
    modelType: "openSource",
    name: "Flan_T5",
    deviceType: "g5.xlarge",
    hyperParameters: { temperature: 1, maxTokens: 512, topP: 1, topK: 50, stopSequence: [] },
    scalingParameters: { maxBatchSize: 10, minReplicas: 1, maxReplicas: config.getNumber("maxReplicas") ?? 2 },
    // Kore.ai's API never returns the address; the console shows it after the first deployment.
    endpoint: config.get("endpoint"),
  },
});

export const endpoint = flan.endpoint;
export const status = flan.status;
export const job = flan.details.apply((details) => details["dockStatusId"]);
