/**
 * Builds the engine from its Go modules, as they were published. The committed go.sum files hold the checksum of
 * every module, so what is built is what Pulumi released.
 */
import { chmodSync, copyFileSync } from "node:fs";
import { join } from "node:path";
import { ENGINE_VERSION, EngineError, projectRoot } from "./engine";
import { runQuietly } from "./run-quietly";

/** A program, the module that it is built in, and the package that it is. */
export interface GoProgram {
  folder: string;
  program: string;
  package: string;
}

/** The language host has a module of its own: the last version of the SDK for Go that contains it is older. */
const programs: GoProgram[] = [
  { folder: "cli", program: "pulumi", package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
  {
    folder: "language-host",
    program: "pulumi-language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
  },
];

const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

export async function buildEngine(bin: string): Promise<void> {
  await requireGo();
  for (const program of programs) await buildProgram(program, bin);
  const dynamicHost = "pulumi-resource-pulumi-nodejs";
  copyFileSync(join(projectRoot, "node_modules", "@pulumi", "pulumi", dynamicHost), join(bin, dynamicHost));
  chmodSync(join(bin, dynamicHost), 0o755);
}

/** An older Go that may fetch toolchains fetches the one that go.mod names. */
export async function requireGo(): Promise<void> {
  const run = await go(["version"], moduleFolder("cli"));
  if (run.succeeded) return;
  throw new EngineError(
    "There is no Pulumi engine on this machine, its official release can't be reached, and building it failed, " +
      `since Go 1.25.8 or newer is needed and \`go version\` says: ${lastLines(run.output, 2)}\n` +
      "Install Pulumi (https://www.pulumi.com/docs/install/) or Go (https://go.dev/dl/), and run this again.",
  );
}

/** @param bin the folder that the program is put into. */
export async function buildProgram(module: GoProgram, bin: string): Promise<void> {
  const flags = `-s -w -X ${versionVariable}=v${ENGINE_VERSION}`;
  const parameters = ["build", "-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags", flags];
  const run = await go([...parameters, "-o", join(bin, module.program), module.package], moduleFolder(module.folder));
  if (run.succeeded) return;
  throw new EngineError(
    `Building ${module.program} ${ENGINE_VERSION} in ${moduleFolder(module.folder)} failed: ` +
      `${lastLines(run.output, 12)}\n` +
      "Install Pulumi (https://www.pulumi.com/docs/install/) and run this again, or see that Go can fetch modules " +
      "(`go env GOPROXY`).",
  );
}

/** Without cgo no C compiler is needed; a surrounding go.work must not change what is built. */
function go(parameters: string[], folder: string) {
  const environment = { ...process.env, CGO_ENABLED: "0", GOWORK: "off" };
  return runQuietly("go", parameters, { cwd: folder, environment });
}

/** Where the go.mod of a module of ours is. */
export function moduleFolder(name: string): string {
  return join(projectRoot, "engine", "go", name);
}

function lastLines(text: string, count: number): string {
  return text.trim().split("\n").slice(-count).join("\n");
}
