/** What `import` says. Pure. */
import { printable } from "../../drift/formats/words";
import type { Connection } from "../../provider/connection/connection";
import type { ImportResult } from "../../provider/lifecycle/import";
import { importNotes } from "../../provider/lifecycle/import-notes";
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

export function notesText(imported: ImportResult, connection: Connection): string {
  const notes = importNotes(imported, connection);
  return notes.length === 0 ? "" : `\n${notes.map((note) => `${printable(note)}\n`).join("")}`;
}
