/** Installs Pulumi's official release, by Pulumi's own installer. */
import { createRequire } from "node:module";
import { ENGINE_VERSION, projectRoot } from "./engine";
import { runQuietly } from "./run-quietly";

const INSTALLER = "https://get.pulumi.com/install.sh";

/** A machine that can't reach the installer is told from a slow one by this limit. */
const REACH_TIMEOUT_MS = 8_000;

/** The release is about 90 MB. */
const INSTALL_TIMEOUT_MS = 4 * 60_000;

export async function isReleaseReachable(): Promise<boolean> {
  try {
    const answer = await fetch(INSTALLER, { method: "HEAD", signal: AbortSignal.timeout(REACH_TIMEOUT_MS) });
    return answer.ok;
  } catch {
    return false;
  }
}

/** Installs into `<root>/bin`. False when it can't: the caller has another way. */
export async function installRelease(root: string): Promise<boolean> {
  const run = await runQuietly(process.execPath, ["-e", installProgram, root, ENGINE_VERSION], {
    cwd: projectRoot,
    environment: process.env,
    timeoutMs: INSTALL_TIMEOUT_MS,
  });
  return run.succeeded;
}

/** A process of its own, since `PulumiCommand.install` can't be interrupted. */
const requireFromSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
const installProgram = `
  const { PulumiCommand } = require("@pulumi/pulumi/automation");
  const { SemVer } = require(${JSON.stringify(requireFromSdk.resolve("semver"))});
  const [root, version] = process.argv.slice(1);
  PulumiCommand.install({ root, version: new SemVer(version) }).catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
`;
