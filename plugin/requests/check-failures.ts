import type { CheckFailure } from "@pulumi/pulumi/proto/provider_pb";
import { messages } from "../protocol";

/**
 * Each without a property's name, which is in the sentence: beside a name the engine prints the
 * value of the whole top-level property, secret or not, and `<nil>` for what lies below one.
 */
export function failuresOf(sentences: readonly string[]): CheckFailure[] {
  return sentences.map((sentence) => new messages.CheckFailure().setReason(sentence));
}
