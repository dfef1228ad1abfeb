import * as pulumi from "@pulumi/pulumi";
import * as inference from "pulumi-inference";

const config = new pulumi.Config();

const embeddings = new inference.ModelDeployment("embeddings", {
  opensearch: {
    modelId: config.require("modelId"),
    // Left out, the model is deployed to all eligible nodes.
    nodeIds: config.getObject<string[]>("nodeIds"),
  },
});

export const endpoint = embeddings.endpoint;
export const status = embeddings.status;
export const nodes = embeddings.replicas.apply((replicas) => replicas?.running);
