import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readResources, stateFigures } from "../../bench/state";

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

  it("count dynamic resources alone", () => {
    expect(readResources(write([stack]).file)).toHaveLength(0);
    expect(readResources(write([stack, dynamic("one")]).file)).toHaveLength(1);
  });
});
