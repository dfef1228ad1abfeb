/** Puts what a platform reports into the inputs, where it differs from what the program asked for. */
import { differences } from "../inputs/differences";
import { merge, valueAt, withValueAt } from "../inputs/nested";
import type { InputRules } from "../platform";
import { isRecord } from "../resources/resource-kind";

/** Stands for a value that somebody set outside the program: that it is there matters, and it may be a secret. */
export const foreignValue = "[set outside of the program]";

/**
 * The inputs with live values in place of those that differ in meaning. Equal values keep the
 * program's own spelling (`1024MiB` beside `1GiB`), and what the program left out stays out, since
 * the platform's default for it is no drift. Maps that the program owns are compared whole.
 */
export function withLiveConfiguration(
  rules: InputRules<unknown>,
  inputs: Record<string, unknown>,
  configuration: Record<string, unknown>,
): Record<string, unknown> {
  const live = merge(inputs, configuration);
  const drifted = differences(rules.canonical(inputs), rules.canonical(withOwnedMaps(rules, live, configuration)));
  return drifted.reduce((result, { segments, from, to }) => {
    if (isOwned(rules, segments)) return withValueAt(result, segments, from === undefined ? foreignValue : to);
    // Absent on either side: the platform's default, or something that it does not report.
    return from === undefined || to === undefined
      ? result
      : withValueAt(result, segments, valueAt(live, segments) ?? to);
  }, inputs);
}

/** Whether the path is an entry of a map that the program owns. */
function isOwned(rules: InputRules<unknown>, segments: readonly string[]): boolean {
  return rules.ownedMaps?.includes(segments.slice(0, -1).join(".")) === true;
}

/** Owned maps are taken from the platform whole, so that an entry that is gone is seen. */
function withOwnedMaps(
  rules: InputRules<unknown>,
  live: Record<string, unknown>,
  configuration: Record<string, unknown>,
): Record<string, unknown> {
  return (rules.ownedMaps ?? []).reduce((result, map) => {
    const segments = map.split(".");
    const reported = valueAt(configuration, segments);
    return isRecord(reported) ? withValueAt(result, segments, reported) : result;
  }, live);
}
