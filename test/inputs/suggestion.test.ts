import { nearestOf, suggestion } from "../../provider/inputs/suggestion";

const known = ["modelName", "numGpus", "gpu", "settings"];

test.each([
  ["numGPUs", "numGpus"],
  ["numgpu", "numGpus"],
  ["modelname", "modelName"],
  ["GPU", "gpu"],
  ["gpus", "gpu"],
  ["setings", "settings"],
  ["seitngs", "settings"],
])("%s means %s", (word, meant) => {
  expect(suggestion(word, known)).toBe(` (did you mean "${meant}"?)`);
});

test("a word that resembles none gets the list", () => {
  expect(suggestion("temperature", known)).toBe("; known: modelName, numGpus, gpu, settings");
});

test("nothing is suggested where nothing is known", () => {
  expect([suggestion("gpu", []), nearestOf("gpu", [])]).toEqual(["", undefined]);
});
