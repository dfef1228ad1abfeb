import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countDeployments, firstCreateMs, stateFigures } from "../../bench/state";

const stack = { urn: "urn:stack", type: "pulumi:pulumi:Stack" };
const dynamic = (name: string) => ({
  urn: name,
  type: "pulumi-nodejs:dynamic/inference:ModelDeployment",
  inputs: { __provider: "twelve bytes" },
  outputs: { __provider: "twelve bytes", status: "ready" },
});

describe("the state's figures", () => {
  const folder = mkdtempSync(join(tmpdir(), "bench-state-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  function write(resources: object[]): { file: string; size: number } {
    const file = join(folder, "bench.json");
    const text = JSON.stringify({ checkpoint: { latest: { resources } } }, undefined, 4);
    writeFileSync(file, text);
    return { file, size: text.length };
  }

  it("are what the file lacks without the resources", () => {
    const without = write([stack]).size;
    const { file, size } = write([stack, dynamic("one"), dynamic("two")]);

    expect(stateFigures(file)).toEqual({ bytesPerResource: (size - without) / 2, codeBytesPerResource: 24 });
  });

  it("are of native resources, too, and of what waits for all of them", () => {
    const provider = { urn: "provider", type: "pulumi:providers:inference" };
    const native = ["one", "two"].map((urn) => ({ urn, type: "inference:index:ModelDeployment" }));
    const shared = ["inference:fleet:Fleet", "inference:index:Readiness"].map((type) => ({ urn: type, type }));
    const without = write([stack, provider]).size;
    const { file, size } = write([stack, provider, ...native, ...shared]);

    expect(countDeployments(file)).toBe(2);
    expect(stateFigures(file)).toEqual({ bytesPerResource: (size - without) / 2, codeBytesPerResource: 0 });
  });

  it("count the program's resources alone", () => {
    expect(countDeployments(write([stack]).file)).toBe(0);
    expect(countDeployments(write([stack, dynamic("one")]).file)).toBe(1);
  });

  it("tell when the first was made, where the program tells", () => {
    const made = (createdMs: number) => ({ type: "pulumi-nodejs:dynamic/empty:Empty", outputs: { createdMs } });

    expect(firstCreateMs(write([stack, made(5), made(3)]).file)).toBe(3);
    expect(firstCreateMs(write([stack, dynamic("one")]).file)).toBeUndefined();
  });
});
