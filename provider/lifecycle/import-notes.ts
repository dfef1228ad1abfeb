/** What has to be known of an imported deployment, beside its inputs. Pure. */
import type { Connection } from "../connection/connection";
import { valueAt } from "../inputs/nested";
import type { ChangeEffect } from "../platform";
import { isRecord } from "../resources/resource-kind";
import type { ImportResult } from "./import";

/** Sentences for the person who imports. */
export function importNotes(imported: ImportResult, { platform, implementation }: Connection): string[] {
  const { untold, notes, inputs } = imported;
  const maps = implementation.rules.ownedMaps ?? [];
  const blocks = [inputs, inputs[platform.id]].filter(isRecord);
  const shown = maps.filter((path) => blocks.some((block) => valueAt(block, path.split(".")) !== undefined));
  return [
    ...notes,
    ...untoldNotes(untold, platform.title),
    ...shown.map((path) => `${path} stands in the code in clear text, as ${platform.title} tells it`),
  ];
}

function untoldNotes(untold: ImportResult["untold"], title: string): string[] {
  const again = `${title} does not tell it: if it was made with any, import it again with them behind the id`;
  const consequences: [ChangeEffect, string][] = [
    ["replace", `${again}; a program that names one later replaces the deployment`],
    ["update", `${again}; a program that names one later changes the deployment`],
    ["state-only", `not told by ${title}; the program can name it, which changes the state alone`],
  ];
  return consequences.flatMap(([asked, consequence]) => {
    const paths = untold.filter(({ effect }) => effect === asked).map(({ path }) => path);
    return paths.length === 0 ? [] : [`${paths.join(", ")}: ${consequence}`];
  });
}
