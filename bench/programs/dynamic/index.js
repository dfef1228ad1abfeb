const inference = require("pulumi-inference");

for (let index = 0; index < Number(process.env.BENCH_COUNT); index++) {
  new inference.ModelDeployment(`deployment-${index}`, {
    deepinfra: { modelName: `bench-${index}`, gpu: "A100-80GB", hf: { repo: "acme/bench" } },
  });
}
