const inference = require("pulumi-inference");

const models = {};
for (let index = 0; index < Number(process.env.BENCH_COUNT); index++) {
  models[index] = { deepinfra: { modelName: `bench-${index}`, gpu: "A100-80GB", hf: { repo: "acme/bench" } } };
}
new inference.Fleet("deployment", { models });
