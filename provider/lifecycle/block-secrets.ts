/** Makes the secret inputs of a block known to the redactor, so that an echo of them is never shown. */
import type { Connection } from "../connection/connection";
import { valueAt } from "../inputs/nested";
import { isRecord } from "../resources/resource-kind";
import type { Block } from "../resources/resource-kind";

/**
 * Values of the paths that are always secret, and of the maps that a program may fill with secrets
 * (environment variables): the core cannot see which of those the program marked.
 */
export function registerSecrets({ platform, redactor }: Pick<Connection, "platform" | "redactor">, block: Block): void {
  const { ownedMaps = [] } = platform.load().rules;
  for (const path of platform.secretPaths) textsIn(valueAt(block.inputs, path.split("."))).forEach(redactor.add);
  for (const path of ownedMaps) textsIn(valueAt(block.inputs, path.split("."))).forEach(redactor.addPossible);
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}
