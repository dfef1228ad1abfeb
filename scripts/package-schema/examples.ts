import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @param name of a resource or a function, in kebab case. */
export function example(name: string): string {
  return readFileSync(join(__dirname, "examples", `${name}.md`), "utf8").trim();
}
