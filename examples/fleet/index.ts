import * as inference from "pulumi-inference";

const repositories = { chat: "acme/chat-8b", code: "acme/code-7b", summaries: "acme/summaries-3b" };

const models = Object.fromEntries(
  Object.entries(repositories).map(([name, repo]) => [
    name,
    { deepinfra: { modelName: name, gpu: "H100-80GB" as const, hf: { repo } } },
  ]),
);

const fleet = new inference.Fleet("shop", { models, timeout: "1h" });

export const endpoints = fleet.endpoints;
export const statuses = fleet.statuses;
