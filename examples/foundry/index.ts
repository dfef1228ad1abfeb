import * as pulumi from "@pulumi/pulumi";
import * as inference from "pulumi-inference";

const config = new pulumi.Config();

const scorer = new inference.LiveDeployment("scorer", {
  modelRid: config.require("modelRid"),
  branch: "master",
  runtimeConfiguration: {
    minReplicas: 1,
    maxReplicas: config.getNumber("maxReplicas") ?? 3,
    cpu: 1,
    memory: "1GiB",
    gpu: { count: 1, type: "A10G" },
    scalingConfiguration: {
      scaleUpLoadThreshold: 0.75,
      scaleUpDelay: { value: 60, unit: "SECONDS" },
      scaleDownDelay: { value: 30, unit: "MINUTES" },
    },
    environmentVariables: { LOG_LEVEL: "INFO" },
  },
});

export const endpoint = scorer.endpoint;
export const status = scorer.status;
