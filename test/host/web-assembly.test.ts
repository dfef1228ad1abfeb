/** Both hosts keep WebAssembly as the baseline compiler made it: V8 itself is asked, since memory is no proof. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../../engine/engine";

/** (func (export "f") (param i32) (local i32) …): counts the parameter down to nothing. */
const countDown = [
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 96, 1, 127, 1, 127, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 27, 1, 25],
  ...[1, 1, 127, 3, 64, 32, 1, 32, 0, 106, 33, 1, 32, 0, 65, 1, 107, 34, 0, 13, 0, 11, 32, 1, 11],
];

/** Says whether V8 has optimised it, once it has, or after many times as many turns as that takes. */
const program = `
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(${JSON.stringify(countDown)}))).exports;
  let turns = Number(process.argv[1]);
  setInterval(() => {
    f(1_000_000);
    if (--turns > 0 && !%IsTurboFanFunction(f)) return;
    console.log(%IsTurboFanFunction(f));
    process.exit();
  });
`;

function isOptimized(before: string, turns: number): boolean {
  const parameters = ["--allow-natives-syntax", "-e", before + program, String(turns)];
  const output = execFileSync(process.execPath, parameters, { cwd: projectRoot });
  return JSON.parse(output.toString().trim().split("\n").at(-1) ?? "") as boolean;
}

it("would be optimised by itself", () => {
  expect(isOptimized("", Infinity)).toBe(true);
});

it.each(["sdk/dynamic/index.js", "plugin/main.js"])("is not in the process of %s", (host) => {
  expect(isOptimized(`require(${JSON.stringify(join(projectRoot, "dist", host))});`, 300)).toBe(false);
});
