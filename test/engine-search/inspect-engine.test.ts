/** Which engine on a machine is taken, judged by programs of one line. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findOnPath, inspectEngine } from "../../engine/inspect-engine";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "engine-search-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const hosts = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

function folderWith(name: string, programs: string[], version = "v3.230.0"): string {
  const folder = join(root, name);
  mkdirSync(folder);
  for (const program of programs) {
    const text = program === "pulumi" ? `echo ${version}` : "exit 0";
    writeFileSync(join(folder, program), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, program), 0o755);
  }
  return folder;
}

test("an engine with its hosts beside it can be used", async () => {
  expect(await inspectEngine(folderWith("bin", ["pulumi", ...hosts]))).toEqual({ version: "3.230.0" });
});

test("hosts may be elsewhere on the PATH, or where a link to the engine leads", async () => {
  const engine = folderWith("engine", ["pulumi"]);
  const others = folderWith("others", hosts);
  expect(await inspectEngine(engine, [engine, others])).toEqual({ version: "3.230.0" });

  const linked = folderWith("linked", []);
  symlinkSync(join(folderWith("cellar", ["pulumi", ...hosts]), "pulumi"), join(linked, "pulumi"));
  expect(await inspectEngine(linked, [linked])).toEqual({ version: "3.230.0" });
});

test("an engine without its hosts is refused, by name", async () => {
  const engine = folderWith("engine", ["pulumi"]);
  const { problem } = await inspectEngine(engine, [engine]);
  expect(problem).toBe(`${join(engine, "pulumi")} lacks ${hosts.join(" and ")}`);
});

test.each([
  ["v3.138.9", false],
  ["v3.139.0", true],
  ["3.139.1-alpha.1", true],
  ["v4.0.0", true],
  ["v2.999.0", false],
])("version %s can be used: %s", async (version, usable) => {
  const { problem } = await inspectEngine(folderWith("bin", ["pulumi", ...hosts], version));
  expect(problem === undefined).toBe(usable);
});

test("a program that isn't Pulumi, or doesn't run, is refused", async () => {
  expect((await inspectEngine(folderWith("other", ["pulumi"], "hello"))).problem).toMatch(/doesn't tell its version/);
  expect((await inspectEngine(join(root, "absent"))).problem).toMatch(/doesn't tell its version/);
});

test("the first one on the PATH that can be run is the one", () => {
  const first = folderWith("first", []);
  writeFileSync(join(first, "pulumi"), "not executable");
  const second = folderWith("second", ["pulumi"]);
  const third = folderWith("third", ["pulumi"]);

  expect(findOnPath([first, second, third].join(":"))?.bin).toBe(second);
  expect(findOnPath(first)).toBeUndefined();
  expect(findOnPath("")).toBeUndefined();
});
