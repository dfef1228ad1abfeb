/** Fails when the committed API docs differ from what the docstrings say now. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "..");
const committed = join(root, "docs", "api");
const fresh = mkdtempSync(join(tmpdir(), "pulumi-inference-docs-"));

function pages(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md"));
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

try {
  execFileSync("npx", ["typedoc", "--out", fresh, "--logLevel", "Warn"], { cwd: root, stdio: "inherit" });
  const [now, then] = [pages(fresh), pages(committed)];
  const stale = [...new Set([...now.keys(), ...then.keys()])].filter((name) => now.get(name) !== then.get(name));
  stale.forEach((name) => console.error(`docs/api/${name} is stale; run \`npm run docs\` and commit it`));
  process.exitCode = stale.length === 0 ? 0 : 1;
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
