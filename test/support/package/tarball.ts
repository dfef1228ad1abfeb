/** The package as `npm pack` makes it. */
import { cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { projectRoot } from "../../../engine/engine";
import { run } from "./run";

export interface Packed {
  tarball: string;
  /** What it was made from. */
  sources: string;
}

/**
 * Packs a copy of this project, since packing builds anew, and other tests use what is built here meanwhile. Only
 * sources are copied, so that nothing of an earlier build helps.
 */
export function packCopy(folder: string): Packed {
  const sources = join(folder, "sources");
  const left = /^(\..*|dist|node_modules|coverage|test)$/;
  mkdirSync(sources);
  cpSync(projectRoot, sources, {
    recursive: true,
    filter: (file) => !left.test(relative(projectRoot, file).split(sep)[0] ?? ""),
  });
  symlinkSync(join(projectRoot, "node_modules"), join(sources, "node_modules"));
  run(sources, "npm", "pack", "--pack-destination", folder);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("`npm pack` made no tarball.");
  return { tarball: join(folder, tarball), sources };
}

/** Paths inside the package. */
export function packedFiles({ tarball, sources }: Packed): string[] {
  const listing = run(sources, "tar", "-tzf", tarball).trim().split("\n");
  return listing.map((file) => file.replace(/^package\//, "")).sort();
}

/** What a package of these sources holds: two files for each module, and what people read. */
export function expectedFiles({ sources }: Packed): string[] {
  const modules = ["cli", "drift", "host", "plugin", "provider", "sdk", "simulator"].flatMap((folder) =>
    filesBelow(sources, folder, ".ts"),
  );
  const compiled = modules.flatMap((file) => [file.replace(/ts$/, "js"), file.replace(/ts$/, "d.ts")]);
  return [
    ...compiled.map((file) => `dist/${file}`),
    ...filesBelow(sources, "schema", ".json"),
    ...["docs", "provider", "simulator"].flatMap((folder) => filesBelow(sources, folder, ".md")),
    ...["CHANGELOG.md", "LICENSE", "README.md", "package.json"],
    ...["bin/pulumi-resource-inference", "bin/pulumi-resource-inference.cmd"],
  ].sort();
}

function filesBelow(sources: string, folder: string, ending: string): string[] {
  const names = readdirSync(join(sources, folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(ending)).map((name) => `${folder}/${name}`);
}
