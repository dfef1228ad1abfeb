/** The committed page with the newest results. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as prettier from "prettier";
import { projectRoot } from "../engine/engine";

const page = join(projectRoot, "docs", "benchmark-results.md");

/** @param text the report. */
export async function publish(text: string): Promise<void> {
  const settings = await prettier.resolveConfig(page);
  const [title = "", ...rest] = text.split("\n");
  const origin =
    "Written by `npm run bench -- --publish`. How it is measured, and what it says: [Benchmark](benchmark.md).";
  writeFileSync(page, await prettier.format([title, "", origin, ...rest].join("\n"), { ...settings, filepath: page }));
}
