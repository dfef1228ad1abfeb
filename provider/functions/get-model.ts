/** One model that a platform has. */
import { z } from "zod";
import { ProviderError } from "../errors";
import { oneOf, text } from "../inputs/fields";
import { redactTexts } from "../lifecycle/state";
import { connectTo } from "./function";
import type { ProviderFunction } from "./function";
import type { GetModelArgs, GetModelResult } from "./types";

export const getModel: ProviderFunction<GetModelArgs, GetModelResult> = {
  description: "A model that a platform has, deployed or not. Palantir Foundry tells no more than that it is there.",
  inputs: z.strictObject({ platform: oneOf(["opensearch", "foundry"]), modelId: text() }),
  async run({ platform: name, modelId }, call) {
    const { connection, lent } = connectTo(name, call);
    const { title } = connection.platform;
    const model = await connection.adapter.model?.(modelId, lent);
    if (model === undefined) throw new ProviderError(`${title}: there is no model ${modelId}, or it may not be seen`);
    return { platform: name, ...redactTexts(model, connection.redactor) };
  },
};
