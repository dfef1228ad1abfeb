/** The folders of one stack: its project, its state, and a Pulumi home of its own. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { projectRoot } from "../../../engine/engine";

/**
 * `javascript` needs no compiler, and is the fast one; `esm` is an ES module; `typescript` runs through ts-node, as
 * Pulumi runs it. A `folder` (an example) is copied, so that a test leaves nothing in it.
 */
export type Program =
  | {
      language: "javascript" | "typescript" | "esm";
      code: string;
      files?: Record<string, string>;
      /** Whether the project names the native plugin, as its documentation says. */
      plugin?: boolean;
    }
  | OtherProgram
  | { folder: string };

/** `yaml` is what follows in the project's file; `python` is its main module. Both use the plugin. */
interface OtherProgram {
  language: "yaml" | "python";
  code: string;
}

export interface StackFolder {
  root: string;
  project: string;
  home: string;
  backend: string;
}

/** Puts `node_modules` into a project. */
export type Install = (project: string) => void;

export function makeStackFolder(program: Program, install: Install = linkOwnModules): StackFolder {
  const root = mkdtempSync(join(tmpdir(), "pulumi-inference-"));
  const [project, home, backend] = ["project", "home", "backend"].map((name) => {
    mkdirSync(join(root, name));
    return join(root, name);
  }) as [string, string, string];
  writeProgram(project, program);
  install(project);
  return { root, project, home, backend };
}

function isOther(program: Program): program is OtherProgram {
  return "language" in program && (program.language === "yaml" || program.language === "python");
}

/** Replaces the program, as a user who edits it does. */
export function writeProgram(project: string, program: Program): void {
  if ("folder" in program) {
    cpSync(program.folder, project, { recursive: true, filter: (file) => basename(file) !== "node_modules" });
    if (!existsSync(join(project, "Pulumi.yaml"))) write(project, "Pulumi.yaml", projectFile(true));
    return;
  }
  if (isOther(program)) return writeOtherProgram(project, program);
  const { language, code, files = {}, plugin = false } = program;
  const typescript = language === "typescript";
  for (const name of ["index.js", "index.ts"]) rmSync(join(project, name), { force: true });
  write(project, "Pulumi.yaml", projectFile(typescript, plugin));
  writeManifest(project, language === "esm" ? "module" : undefined);
  write(project, typescript ? "index.ts" : "index.js", code);
  for (const [name, text] of Object.entries(files)) write(project, name, text);
}

function writeOtherProgram(project: string, { language, code }: OtherProgram): void {
  const head = `name: test\nruntime: ${language}\n${pluginEntry}`;
  write(project, "Pulumi.yaml", language === "yaml" ? head + code : head);
  if (language === "python") write(project, "__main__.py", code);
}

function linkOwnModules(project: string): void {
  symlinkSync(join(projectRoot, "node_modules"), join(project, "node_modules"));
}

/** Dependencies that an installation noted stay in it. */
function writeManifest(project: string, type: "module" | undefined): void {
  const file = join(project, "package.json");
  const manifest = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as object) : {};
  write(project, "package.json", JSON.stringify({ ...manifest, private: true, type }));
}

const pluginEntry = `plugins:
  providers:
    - name: inference
      path: node_modules/pulumi-inference/bin
`;

function projectFile(typescript: boolean, plugin = false): string {
  const runtime = `name: test\nruntime:\n  name: nodejs\n  options:\n    typescript: ${typescript}\n`;
  return plugin ? runtime + pluginEntry : runtime;
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
