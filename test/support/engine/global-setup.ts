/** Runs once before the tests that use the engine; without an engine they fail here, and never skip. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { engineEnvironment, projectRoot } from "../../../engine/engine";
import { findEngine } from "../../../engine/find-engine";

export default async function setUp(): Promise<void> {
  if (!existsSync(join(projectRoot, "dist", "sdk", "index.js"))) {
    throw new Error("The package isn't built, and stacks load the built one: run `npm run build` first.");
  }
  const engine = await findEngine();
  process.env["PATH"] = engineEnvironment(engine)["PATH"];
}
