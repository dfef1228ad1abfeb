/** How large a state is. */
import { readFileSync } from "node:fs";
import type { StateFigures } from "./measurement";

interface Resource {
  type: string;
  inputs?: { __provider?: string };
  outputs?: { __provider?: string };
}

interface Checkpoint {
  checkpoint: { latest: { resources?: Resource[] } };
}

/** As the engine indents the file. */
const indentation = 4;

export function readResources(file: string): Resource[] {
  return (parse(file).checkpoint.latest.resources ?? []).filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic"));
}

/** The resource's share is what the file would lack without them: the rest of the file does not grow with them. */
export function stateFigures(file: string): StateFigures {
  const resources = readResources(file);
  const code = resources.map(({ inputs, outputs }) => byteLength(inputs?.__provider) + byteLength(outputs?.__provider));
  return {
    bytesPerResource: (readFileSync(file).length - byteLength(withoutDynamic(file))) / resources.length,
    codeBytesPerResource: code.reduce((total, bytes) => total + bytes, 0) / resources.length,
  };
}

function withoutDynamic(file: string): string {
  const state = parse(file);
  const { latest } = state.checkpoint;
  latest.resources = (latest.resources ?? []).filter(({ type }) => !type.startsWith("pulumi-nodejs:dynamic"));
  return JSON.stringify(state, undefined, indentation);
}

function parse(file: string): Checkpoint {
  return JSON.parse(readFileSync(file, "utf8")) as Checkpoint;
}

function byteLength(text: string | undefined): number {
  return Buffer.byteLength(text ?? "");
}
