/** What `import` says. Pure. */
import { printable } from "../../drift/formats/words";
import type { Connection } from "../../provider/connection/connection";
import type { ImportResult } from "../../provider/lifecycle/import";
import { valueAt } from "../../provider/inputs/nested";
import { isRecord } from "../../provider/resources/resource-kind";
import type { StateResource } from "./stack-state";

export function planText(
  addition: readonly StateResource[],
  { id, state }: ImportResult,
  { platform }: Connection,
  stack: string,
): string {
  const lines = addition.map(
    (one) => `  ${printable(one.urn)}${one.id === undefined || one.id !== id ? "" : `  ${printable(id)}`}\n`,
  );
  return [
    `${platform.title} has ${printable(id)}: ${printable(String(state["status"]))}.\n`,
    `To be added to the state of the stack ${stack}; nothing of the deployment is changed:\n`,
    ...lines,
    "\nThe program's code for it:\n\n",
  ].join("");
}

export function notesText(imported: ImportResult, { platform, implementation }: Connection): string {
  const { untold, notes, inputs } = imported;
  const paths = (effects: readonly string[]): string =>
    listed(untold.filter(({ effect }) => effects.includes(effect)).map(({ path }) => path));
  const [replacing, updating, silent] = [paths(["replace"]), paths(["update"]), paths(["state-only"])];
  const again = `${platform.title} does not tell it: if it was made with any, start again with them behind the id or in --inputs`;
  const maps = implementation.rules.ownedMaps ?? [];
  const blocks = [inputs, inputs[platform.id]].filter(isRecord);
  const shown = maps.filter((path) => blocks.some((block) => valueAt(block, path.split(".")) !== undefined));
  const all = [
    ...notes,
    ...(replacing === "" ? [] : [`${replacing}: ${again}; a program that names one later replaces the deployment`]),
    ...(updating === "" ? [] : [`${updating}: ${again}; a program that names one later changes the deployment`]),
    ...(silent === ""
      ? []
      : [`${silent}: not told by ${platform.title}; the program can name it, which changes the state alone`]),
    ...shown.map((path) => `${path} stands in the code in clear text, as ${platform.title} tells it`),
  ];
  return all.length === 0 ? "" : `\n${all.map((note) => `${printable(note)}\n`).join("")}`;
}

function listed(paths: readonly string[]): string {
  return paths.join(", ");
}
