/** Paths with ids from outside, built so that an id cannot leave its place. */
import { ProviderError } from "../errors";

/** Far beyond the ids of any platform, and within what servers take as a path. Characters. */
const longest = 1_024;
/** Of an id in an error. Characters. */
const longestShown = 80;

/**
 * A template tag: `` path`/deploy/${deploymentId}` ``. Each value is one segment, percent-encoded
 * whole; empty, `.` and `..` are refused since they would change the route, half of a surrogate pair
 * since it has no encoding, and what is too long to be an id.
 */
export function path(literals: TemplateStringsArray, ...values: string[]): string {
  return literals.reduce((built, literal, index) => built + encodeSegment(values[index - 1] ?? "") + literal);
}

function encodeSegment(value: string): string {
  const encodable = Buffer.from(value).toString() === value;
  if (value === "" || value === "." || value === ".." || value.length > longest || !encodable) {
    const shown = value.length <= longestShown ? value : `${value.slice(0, longestShown)}…`;
    throw new ProviderError(`"${shown}" cannot be part of a request's path; check the id`);
  }
  return encodeURIComponent(value);
}
