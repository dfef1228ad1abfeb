import { isEqual } from "../../provider/inputs/differences";
import { messages } from "../protocol";
import type { DiffRequest, DiffResponse } from "../protocol";
import { settings } from "../provider-settings";
import { fromWire } from "../wire/properties";

/** Settings never replace what was made with them: a rotated key leads to the same deployments. */
export function diffConfig(request: DiffRequest): DiffResponse {
  const [olds, news] = [fromWire(request.getOlds()), fromWire(request.getNews())];
  const changed = settings.map(({ key }) => key).filter((key) => !isEqual(olds[key], news[key]));
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  return new messages.DiffResponse().setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE).setDiffsList(changed);
}
