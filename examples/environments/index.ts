import * as pulumi from "@pulumi/pulumi";
import * as inference from "pulumi-inference";

const config = new pulumi.Config();
const environment = pulumi.getStack();

const chat = new inference.ModelDeployment(
  "chat",
  {
    deepinfra: {
      modelName: `chat-${environment}`,
      hf: { repo: "acme/chat-8b", revision: config.get("revision") ?? "main" },
      gpu: config.require("gpu"),
      settings: {
        minInstances: config.requireNumber("minInstances"),
        maxInstances: config.requireNumber("maxInstances"),
      },
    },
  },
  // Nobody deletes production by a slip.
  { protect: environment === "production" && config.getBoolean("protect") !== false },
);

export const endpoint = chat.endpoint;
export const model = chat.model;
