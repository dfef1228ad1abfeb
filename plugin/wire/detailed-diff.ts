/** A diff, property by property, as the engine shows it. */
import type { PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import type { DiffResult, PropertyDifference } from "../../provider/lifecycle/diff";
import { messages } from "../protocol";

export function detailedDiff({ properties, repair, repaired }: DiffResult): [string, PropertyDiff][] {
  const { Kind } = messages.PropertyDiff;
  const changed = properties.map((property): [string, PropertyDiff] => [
    propertyPath(property),
    new messages.PropertyDiff().setKind(kindOf(property)).setInputdiff(true),
  ]);
  if (repair === "none") return changed;
  // No input says why: the last look at the platform does.
  const reason = new messages.PropertyDiff().setKind(repair === "replace" ? Kind.UPDATE_REPLACE : Kind.UPDATE);
  return [...changed, [repaired, reason]];
}

function kindOf({ from, to, effect, unknown }: PropertyDifference): PropertyDiff.Kind {
  const { Kind } = messages.PropertyDiff;
  // Whether a value that is not known yet replaces anything will be seen when it is known.
  const replaces = effect === "replace" && !unknown;
  if (from === undefined) return replaces ? Kind.ADD_REPLACE : Kind.ADD;
  if (to === undefined) return replaces ? Kind.DELETE_REPLACE : Kind.DELETE;
  return replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE;
}

/** Keys of maps may hold what separates the parts of a path: `environmentVariables["a.b"]`. */
function propertyPath({ path, segments }: PropertyDifference): string {
  const block = path.slice(0, path.length - segments.join(".").length).replace(/\.$/, "");
  return [...(block === "" ? [] : [block]), ...segments].reduce(
    (whole, key) => (isPlain(key) ? (whole === "" ? key : `${whole}.${key}`) : `${whole}[${JSON.stringify(key)}]`),
    "",
  );
}

function isPlain(key: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(key);
}
