import { type CpuProfile, describeProfile, summarise } from "../../bench/profile/summary";

const frame = (functionName: string, url = "", lineNumber = 0) => ({ functionName, url, lineNumber });
const frames = [
  frame("(idle)"),
  frame("(garbage collector)"),
  frame("parse", "/project/node_modules/@acme/json/index.js", 41),
  frame("", "file:///project/dist/provider/http/client.js"),
  frame("compile", "node:internal/modules/cjs/loader"),
  frame("stringify", "/elsewhere/node_modules/@acme/json/index.js"),
];
const profile: CpuProfile = {
  nodes: frames.map((callFrame, id) => ({ id, callFrame })),
  samples: [0, 1, 2, 3, 4, 5, 2],
  timeDeltas: [9000, 1000, 2000, 3000, 1500, 500, 2000],
};

describe("summarise", () => {
  const { busyMilliseconds, modules, functions } = summarise(profile, "/project");

  it("leaves idle time out", () => {
    expect(busyMilliseconds).toBe(10);
  });

  it("adds the samples up by package, and by the project's own folders", () => {
    expect(modules).toEqual([
      { name: "@acme/json", milliseconds: 4.5 },
      { name: "dist/provider", milliseconds: 3 },
      { name: "node: modules", milliseconds: 1.5 },
      { name: "(garbage collector)", milliseconds: 1 },
    ]);
  });

  it("names functions by their places, as editors count lines", () => {
    expect(functions[0]).toEqual({ name: "parse @acme/json/index.js:42", milliseconds: 4 });
    expect(functions[1]?.name).toBe("(anonymous) dist/provider/http/client.js:1");
  });
});

test("a table ends with the last that was found", () => {
  expect(describeProfile("one", summarise(profile, "/project")).split("\n")).toHaveLength(4 + 5);
});
