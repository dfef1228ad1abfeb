/** Paths with ids from outside, built so that an id cannot leave its place. */
import { ProviderError } from "../errors";

/**
 * A template tag: `` path`/deploy/${deploymentId}` ``. Each value is one segment, percent-encoded
 * whole; empty, `.` and `..` are refused since they would change the route, and half of a surrogate
 * pair since it has no encoding.
 */
export function path(literals: TemplateStringsArray, ...values: string[]): string {
  return literals.reduce((built, literal, index) => built + encodeSegment(values[index - 1] ?? "") + literal);
}

function encodeSegment(value: string): string {
  const encodable = Buffer.from(value).toString() === value;
  if (value === "" || value === "." || value === ".." || !encodable) {
    throw new ProviderError(`"${value}" cannot be part of a request's path; check the id`);
  }
  return encodeURIComponent(value);
}
