/** The options that show the same stacks and accounts once more. Pure. */
import type { OrphansOptions } from "./options";

/** As a shell takes it, with a blank in front; empty for what is the default. */
export function scopeOf(options: OrphansOptions): string {
  const { cwd, stack, allStacks, state, withoutStacks, model } = options;
  const parts = [
    ...(cwd === "." ? [] : ["--cwd", cwd]),
    ...stack.flatMap((name) => ["--stack", name]),
    ...(allStacks ? ["--all-stacks"] : []),
    ...state.flatMap((file) => ["--state", file]),
    ...(withoutStacks ? ["--without-stacks"] : []),
    ...model.flatMap((rid) => ["--model", rid]),
  ];
  return parts.map((part) => ` ${quoted(part)}`).join("");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
