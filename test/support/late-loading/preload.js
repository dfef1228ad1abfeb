/**
 * Preloaded into the Node processes of a stack, of whose processor time it saves half. At each start, Pulumi loads the
 * TypeScript compiler and npm's resolver, which it needs for packages that serialise closures, as this one doesn't, and
 * the libraries for tracing. Here they are loaded when something is taken from them. Stacks into which packages are
 * installed go without this.
 */
const { readFileSync } = require("node:fs");
const Module = require("node:module");

const late = /^(typescript|@npmcli\/arborist|@opentelemetry\/(?!api$).*)$/;
/** Translates the lines of each stack trace, of which Pulumi takes one for each resource. */
const left = ["source-map-support/register"];
const load = Module._load;

Module._load = function (name, parent, isMain) {
  if (!/@pulumi[\\/]pulumi[\\/]/.test(parent?.filename ?? "")) return load.call(this, name, parent, isMain);
  if (left.includes(name)) return {};
  if (!late.test(name)) return load.call(this, name, parent, isMain);
  // TypeScript's helper for imports takes a module with this mark as it is, and copies any other one.
  const get = (_target, member) => member === "__esModule" || load.call(Module, name, parent, isMain)[member];
  return new Proxy({}, { get });
};

// The language host that is built from Go's module proxy, of version 3.68, does not read the project's options.
if (isJavascript()) delete process.env["PULUMI_NODEJS_TYPESCRIPT"];

function isJavascript() {
  try {
    return readFileSync("Pulumi.yaml", "utf8").includes("typescript: false");
  } catch {
    return false; // Not every process runs in the project.
  }
}
