/** What other languages than Node need, for the tests of the native plugin: found, or built once. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { buildProgram, moduleFolder, requireGo } from "./build-engine";
import type { GoProgram } from "./build-engine";
import { ENGINE_VERSION, EngineError, engineRoot } from "./engine";
import { runQuietly } from "./run-quietly";

const oldSdk = "github.com/pulumi/pulumi/sdk/v3";

const programs = {
  yaml: {
    folder: "yaml-host",
    program: "pulumi-language-yaml",
    package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  },
  python: {
    folder: "language-host",
    program: "pulumi-language-python",
    package: `${oldSdk}/python/cmd/pulumi-language-python`,
  },
  sdkGenerator: { folder: "generate-sdk", program: "generate-sdk", package: "." },
} satisfies Record<string, GoProgram>;

/** @returns the folder that holds the program, which may be on the PATH already. */
export async function findLanguageProgram(name: keyof typeof programs): Promise<string> {
  const { program } = programs[name];
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), folderOf(name)];
  return folders.find((folder) => folder !== "" && existsSync(join(folder, program))) ?? (await build(name));
}

/** @returns the folder of a Python that has Pulumi's SDK, and what generated SDKs need beside it. */
export async function findPython(): Promise<string> {
  const folder = folderOf("python-environment");
  if (!existsSync(folder)) await makeEnvironment(folder);
  return join(folder, "bin");
}

async function makeEnvironment(folder: string): Promise<void> {
  const languages = join(folder, "..");
  mkdirSync(languages, { recursive: true });
  const draft = mkdtempSync(join(languages, "building-"));
  try {
    await mustRun("python3", ["-m", "venv", draft], languages);
    await mustRun(
      join(draft, "bin", "python3"),
      ["-m", "pip", "install", "-q", `pulumi==${ENGINE_VERSION}`, "parver"],
      languages,
    );
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function mustRun(command: string, parameters: string[], cwd: string): Promise<string> {
  const { succeeded, output } = await runQuietly(command, parameters, {
    cwd,
    environment: { ...process.env, GOWORK: "off" },
  });
  if (!succeeded) throw new EngineError(`${command} ${parameters.join(" ")} failed: ${output.trim()}`);
  return output;
}

function folderOf(name: string): string {
  return join(engineRoot, ENGINE_VERSION, "languages", name);
}

/** Renamed into its place: an interrupted build leaves nothing, and of two at once either is good. */
async function build(name: keyof typeof programs): Promise<string> {
  await requireGo();
  const languages = join(folderOf(name), "..");
  mkdirSync(languages, { recursive: true });
  const folder = mkdtempSync(join(languages, "building-"));
  try {
    await buildProgram(programs[name], folder);
    if (name === "python") await copyLauncher(folder);
    if (!existsSync(folderOf(name))) renameSync(folder, folderOf(name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return folderOf(name);
}

/** The host for Python starts programs by a script that lies beside its source. */
async function copyLauncher(folder: string): Promise<void> {
  const sources = await mustRun("go", ["list", "-m", "-f", "{{.Dir}}", oldSdk], moduleFolder(programs.python.folder));
  const launcher = "pulumi-language-python-exec";
  copyFileSync(join(sources.trim(), "python", "cmd", launcher), join(folder, launcher));
}
