/** What a first provider looks like: requests in its methods, an object of it for each resource, and a wait in `create`. */
const pulumi = require("@pulumi/pulumi");

const baseUrl = process.env.DEEPINFRA_URL;
const key = process.env.DEEPINFRA_API_KEY;
const pollMs = 5000;

async function call(method, path, body) {
  const response = await fetch(baseUrl + path, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

class DeploymentProvider {
  async create(inputs) {
    const { deploy_id: id } = await call("POST", "/deploy/llm", {
      model_name: inputs.modelName,
      gpu: inputs.gpu,
      hf: inputs.hf,
    });
    for (;;) {
      const { status } = await call("GET", `/deploy/${id}`);
      if (status === "running") return { id, outs: { ...inputs, status } };
      if (status === "failed") throw new Error(`deployment ${id} failed`);
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  async read(id, state) {
    const { status } = await call("GET", `/deploy/${id}`);
    return { id, props: { ...state, status } };
  }

  async diff(id, old, inputs) {
    const replaces = ["modelName", "gpu"].filter((name) => old[name] !== inputs[name]);
    return { changes: replaces.length > 0, replaces };
  }

  async delete(id) {
    await call("DELETE", `/deploy/${id}`);
  }
}

class Deployment extends pulumi.dynamic.Resource {
  constructor(name, properties) {
    super(new DeploymentProvider(), name, properties, undefined, "naive", "Deployment");
  }
}

for (let index = 0; index < Number(process.env.BENCH_COUNT); index++) {
  new Deployment(`deployment-${index}`, { modelName: `bench-${index}`, gpu: "A100-80GB", hf: { repo: "acme/bench" } });
}
