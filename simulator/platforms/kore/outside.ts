/** Changes that somebody makes in the console, or that the system makes by itself. */
import { type OutsideChange, SimulatorError } from "../../platform";
import type { Model, Models } from "./models";

type Action = (models: Models, model: Model, change: OutsideChange) => void;

const actions: Record<string, Action> = {
  /** No API tells of it. */
  undeploy: (_models, model) => void (model.undeployedOutside = true),
  /** A deploy in the console, of the same configuration. */
  deploy: (models, model) => void models.deploy(model.id, model.modelType, model.body),
  /** The last job ends well now. */
  finish: (_models, { lastJob }) => void (lastJob.forced = { status: "SUCCESS", reason: "" }),
  /** The last job has failed. */
  fail: (_models, { lastJob }, { reason }) =>
    void (lastJob.forced = { status: "FAILED", reason: typeof reason === "string" ? reason : "the container crashed" }),
  /** The record of the last job is gone, which says nothing of the model. */
  "expire-job": (_models, { lastJob }) => void (lastJob.forgotten = true),
};

/** @param change `id` is the model's. */
export function actOnModel(models: Models, change: OutsideChange): void {
  const model = models.model(change.id);
  if (model === undefined) throw new SimulatorError(`kore has no deployed model ${change.id}`);
  const act = Object.hasOwn(actions, change.action) ? actions[change.action] : undefined;
  if (act === undefined) {
    throw new SimulatorError(`kore cannot "${change.action}"; actions are ${Object.keys(actions).join(", ")}`);
  }
  act(models, model, change);
}
