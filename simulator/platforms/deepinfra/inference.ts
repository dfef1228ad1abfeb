/** The OpenAI-style route that deployed models answer on. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Exchange, World } from "../../platform";
import type { Deployment } from "./deployment";
import type { Deployments } from "./deployments";
import { openaiError } from "./errors";
import type { DeepinfraOptions } from "./options";

/** Of the many documented fields only those that the answer is made from. */
const chatBody = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })).min(1),
  stream: z.boolean().optional(),
});

const idPrefix = "deploy_id:";

/** A plain completion from a deployment that runs, called by its full name or as `deploy_id:<id>`. */
export function chatCompletion(world: World<DeepinfraOptions>, deployments: Deployments, exchange: Exchange): Response {
  const parsed = chatBody.safeParse(exchange.body);
  if (!parsed.success) return openaiError(422, "model and messages are required");
  const { model, messages, stream } = parsed.data;
  if (stream === true) return openaiError(400, "the simulator does not stream; leave out `stream`");

  const deployment = model.startsWith(idPrefix)
    ? deployments.find(model.slice(idPrefix.length))
    : deployments.holderOf(model);
  if (deployment === undefined || !deployments.standing(deployment).serves) {
    return openaiError(404, `The model \`${model}\` does not exist`);
  }
  return Response.json(completion(world, deployment, messages.at(-1)?.content));
}

function completion(world: World<DeepinfraOptions>, { config, modelName }: Deployment, question: unknown) {
  const asked = typeof question === "string" ? question : JSON.stringify(question);
  const content = `This is ${modelName} on ${config.numGpus} x ${config.gpu}, simulated. You said: ${asked}`;
  const [promptTokens, completionTokens] = [asked, content].map((text) => text.split(/\s+/).length) as [number, number];
  return {
    id: `chatcmpl-${randomUUID()}`,
    object: "chat.completion",
    created: Math.floor(world.now() / 1000),
    model: modelName,
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
  };
}
