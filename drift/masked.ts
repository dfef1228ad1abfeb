/** Secrets in what the Automation API gives: the engine's events hold their places, the exported state their values. */
import { mask } from "../provider/redaction";
import { isRecord } from "../provider/resources/resource-kind";
import { secretSignature, signatureKey } from "../host/wire-secrets";

/** The value with `[secret]` in the place of every secret. */
export function masked(value: unknown): unknown {
  if (isSecret(value)) return mask;
  if (Array.isArray(value)) return value.map(masked);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item)]));
}

/** The value, masked as well wherever its counterpart is: a provider may forget what was a secret. */
export function maskedAs(value: unknown, counterpart: unknown): unknown {
  if (value === undefined) return value;
  if (counterpart === mask) return mask;
  if (Array.isArray(value) && Array.isArray(counterpart))
    return value.map((item, at) => maskedAs(item, counterpart[at]));
  if (!isRecord(value) || !isRecord(counterpart)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskedAs(item, counterpart[key])]));
}

/** Every text among the secrets of an exported state. */
export function secretTexts(value: unknown): string[] {
  if (isSecret(value)) return textsIn(plaintextOf(value));
  if (Array.isArray(value)) return value.flatMap(secretTexts);
  return isRecord(value) ? Object.values(value).flatMap(secretTexts) : [];
}

function isSecret(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && value[signatureKey] === secretSignature;
}

/** Absent where the state was exported without its secrets. */
function plaintextOf({ plaintext }: Record<string, unknown>): unknown {
  return typeof plaintext === "string" ? (JSON.parse(plaintext) as unknown) : undefined;
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}
