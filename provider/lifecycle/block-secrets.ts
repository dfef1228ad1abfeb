/** Makes the secret inputs of a block known to the redactor, so that an echo of them is never shown. */
import type { Connection } from "../connection/connection";
import { isRecord, type Block } from "../resources/resource-kind";

/**
 * Values of the paths that are always secret, and of the maps that a program may fill with secrets
 * (environment variables): the core cannot see which of those the program marked.
 */
export function registerSecrets({ platform, implementation, redactor }: Connection, block: Block): void {
  const { ownedMaps = [] } = implementation.rules;
  for (const path of platform.secretPaths) addTexts(valueAt(block.inputs, path));
  for (const path of ownedMaps) addTexts(valueAt(block.inputs, path));

  function addTexts(value: unknown): void {
    if (typeof value === "string") redactor.add(value);
    else if (isRecord(value)) Object.values(value).forEach(addTexts);
  }
}

function valueAt(root: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), root);
}
