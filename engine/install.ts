/** `npm run engine`: finds, installs or builds the Pulumi engine, and prints where it is. */
import { EngineError } from "./engine";
import { findEngine } from "./find-engine";

const origins = {
  path: "found on the PATH",
  project: "installed by an earlier run",
  release: "Pulumi's official release, just installed",
  build: "just built from its Go modules",
};

async function main(): Promise<void> {
  const engine = await findEngine();
  console.log(`Pulumi ${engine.version} in ${engine.bin} (${origins[engine.origin]})`);
  if (engine.origin !== "path") console.log(`To use it in this shell: export PATH="${engine.bin}:$PATH"`);
}

main().catch((error: unknown) => {
  console.error(error instanceof EngineError ? error.message : error);
  process.exitCode = 1;
});
