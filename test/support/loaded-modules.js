/**
 * Loaded into a process before anything else: says on stderr, when the process is asked by SIGUSR2 or ends, which
 * packages it has loaded, and which folders and modules of this one.
 */
const { join, relative, sep } = require("node:path");

const root = join(__dirname, "..", "..", "dist");

function loaded() {
  const files = Object.keys(require.cache);
  const packages = files.map((file) => /.*node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/.exec(file)?.[1]);
  const own = files.filter((file) => file.startsWith(root)).map((file) => relative(root, file).split(sep).join("/"));
  return { packages: [...new Set(packages.filter((name) => name !== undefined))].sort(), own: own.sort() };
}

function tell() {
  process.stderr.write(`loaded ${JSON.stringify(loaded())}\n`);
}

process.on("SIGUSR2", tell);
process.on("exit", tell);
