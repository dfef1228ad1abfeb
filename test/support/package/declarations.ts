/** What the TypeScript that Pulumi brings along says of our declarations, for projects without one of their own. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type * as typescript from "typescript";

export interface Compilation {
  version: string;
  /** How many of our declarations were read. */
  declarations: number;
  /** In our declarations, and in the program. */
  errors: string[];
}

/** @param sources relative to the project, which has the package installed. */
export function compileWithVendored(project: string, sources: string[]): Compilation {
  const compiler = vendoredTypescript(project);
  const roots = sources.map((file) => join(project, file));
  const program = compiler.createProgram(roots, {
    strict: true,
    target: compiler.ScriptTarget.ES2020,
    module: compiler.ModuleKind.CommonJS,
    moduleResolution: compiler.ModuleResolutionKind.Node10 ?? 2, // Only later versions have that name for it.
  });
  const files = program.getSourceFiles();
  const declarations = files.filter(({ fileName }) => /\/node_modules\/pulumi-inference\//.test(fileName));
  const own = files.filter(({ fileName }) => fileName.startsWith(project) && !fileName.includes("/node_modules/"));
  const diagnostics = [...declarations, ...own].flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]);
  return {
    version: compiler.version,
    declarations: declarations.length,
    errors: diagnostics.map(
      ({ file, messageText }) => `${file?.fileName}: ${compiler.flattenDiagnosticMessageText(messageText, "\n")}`,
    ),
  };
}

function vendoredTypescript(project: string): typeof typescript {
  const vendor = join(project, "node_modules", "@pulumi", "pulumi", "vendor");
  const folder = readdirSync(vendor).find((name) => name.startsWith("typescript@")) ?? "";
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- it is found at run time
  return require(join(vendor, folder, "typescript.js")) as typeof typescript;
}
