/** The least that a dynamic provider can be: one shared object with one method, which returns at once. */
const pulumi = require("@pulumi/pulumi");

const provider = {
  // When the first of them is reached is compared with the first request of the others.
  create: (inputs) => Promise.resolve({ id: inputs.deepinfra.modelName, outs: { ...inputs, createdMs: Date.now() } }),
};

class Empty extends pulumi.dynamic.Resource {
  constructor(name, properties) {
    super(provider, name, properties, undefined, "empty", "Empty");
  }
}

for (let index = 0; index < Number(process.env.BENCH_COUNT); index++) {
  // The same inputs as in the other programs, so that the states can be compared.
  new Empty(`deployment-${index}`, {
    deepinfra: { modelName: `bench-${index}`, gpu: "A100-80GB", hf: { repo: "acme/bench" } },
  });
}
