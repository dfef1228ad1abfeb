import { readExportedState } from "../../../cli/stacks/exported-state";
import { encrypted, liveResource, project, provider, resource, secret } from "../orphans/command";

const read = (resources: object[], pending: object[] = []) =>
  readExportedState(JSON.stringify({ version: 3, deployment: { resources, pending_operations: pending } }));

it("knows the ids of deployments: managed, read, about to be deleted, and in operations that were cut off", () => {
  const other = {
    urn: `${project}::aws:s3/bucket:Bucket::deepinfra`,
    type: "aws:s3/bucket:Bucket",
    id: "deepinfra/no",
  };
  const { ids, platforms } = read(
    [
      resource("deepinfra/a"),
      resource("deepinfra/b", { delete: true }),
      resource("opensearch/-_x", { external: true }),
      other,
    ],
    [{ resource: resource("kore/cm-1"), type: "deleting" }],
  );

  expect(ids).toEqual(["deepinfra/a", "deepinfra/b", "opensearch/-_x", "kore/cm-1"]);
  expect(platforms).toEqual(["deepinfra", "opensearch", "kore"]);
});

it("knows what was being made, by what a list calls it", () => {
  const creating = (type: string, inputs: object) => ({
    resource: { urn: `${project}::${type}::x`, type, custom: true, inputs },
    type: "creating",
  });
  const [model, live] = ["ModelDeployment", "LiveDeployment"].map((name) => `pulumi-nodejs:dynamic/inference:${name}`);
  const { creations, ids, platforms } = read(
    [],
    [
      creating(model ?? "", { deepinfra: { modelName: "acme/llama", gpu: "H100-80GB" } }),
      creating(model ?? "", { opensearch: { modelId: "_x" } }),
      creating(live ?? "", { modelRid: "ri.m", branch: "next" }),
      creating(model ?? "", { deepinfra: encrypted }),
      creating("aws:s3/bucket:Bucket", { deepinfra: { modelName: "no" } }),
      { ...creating(model ?? "", { deepinfra: { modelName: "there" } }), type: "updating" },
    ],
  );

  const [urn, liveUrn] = [`${project}::${model}::x`, `${project}::${live}::x`];
  expect(creations).toEqual([
    { urn, platform: "deepinfra", name: "acme/llama" },
    { urn, platform: "opensearch", deploymentId: "_x" },
    { urn: liveUrn, platform: "foundry", name: "ri.m next" },
  ]);
  expect(ids).toEqual([]);
  expect(platforms).toEqual(["deepinfra", "opensearch", "foundry"]);
});

it("knows Foundry's models, and the deployments whose model is a secret", () => {
  const { models, unreadableModels } = read([
    liveResource("foundry/ri.1", { modelRid: "ri.models.main.model.1" }),
    liveResource("foundry/ri.2", { modelRid: secret("ri.models.main.model.2") }),
    liveResource("foundry/ri.3", { modelRid: encrypted }),
  ]);

  expect(models).toEqual(["ri.models.main.model.1", "ri.models.main.model.2"]);
  expect(unreadableModels).toEqual(["live"]);
});

it("reads explicit providers with what uses them, and the config of the last run", () => {
  const eu = provider("eu", {
    "inference:explicit": "true",
    "inference:deepinfraApiKey": secret("eu-key"),
    "inference:deepinfraUrl": "https://eu.example.com",
  });
  const us = provider("us", { "inference:explicit": "true", "inference:deepinfraApiKey": encrypted });
  const byDefault = provider("default", { "inference:koreHost": "https://gale.kore.ai", "other:key": "x" });
  const known = read([
    eu.resource,
    us.resource,
    byDefault.resource,
    resource("deepinfra/a", { provider: eu.reference }),
    resource("kore/b", { provider: byDefault.reference }),
  ]);

  const settings = { values: { deepinfraApiKey: "eu-key", deepinfraUrl: "https://eu.example.com" }, unreadable: [] };
  expect(known.providers).toEqual([
    { urn: eu.urn, name: "eu", settings, platforms: ["deepinfra"] },
    { urn: us.urn, name: "us", settings: { values: {}, unreadable: ["deepinfraApiKey"] }, platforms: [] },
  ]);
  expect(known.savedConfig).toEqual({ values: { koreHost: "https://gale.kore.ai" }, unreadable: [] });
  expect(known.platforms).toEqual(["kore"]);
});

it("reads the state of the native plugin, whose settings have no namespace", () => {
  const native = (name: string, inputs: object) => {
    const type = "pulumi:providers:inference";
    const urn = `${project}::${type}::${name}`;
    return { reference: `${urn}::1f`, resource: { urn, type, id: "1f", custom: true, inputs } };
  };
  const deployment = (name: string, id: string, provider: string, inputs = {}) => {
    const type = `inference:index:${name}`;
    return { urn: `${project}::${type}::${id}`, type, id, custom: true, provider, inputs };
  };
  const eu = native("eu", { deepinfraApiKey: secret("eu-key"), requestsPerSecond: 5 });
  const byDefault = native("default_0_1_0", { deepinfraApiKey: encrypted, version: "0.1.0" });
  const known = read([
    eu.resource,
    byDefault.resource,
    deployment("ModelDeployment", "deepinfra/a", eu.reference),
    deployment("LiveDeployment", "foundry/ri.1", byDefault.reference, { modelRid: "ri.m" }),
  ]);

  const settings = { values: { deepinfraApiKey: "eu-key", requestsPerSecond: "5" }, unreadable: [] };
  expect(known).toMatchObject({ ids: ["deepinfra/a", "foundry/ri.1"], platforms: ["foundry"], models: ["ri.m"] });
  expect(known.providers).toMatchObject([{ name: "eu", settings, platforms: ["deepinfra"] }]);
  expect(known.savedConfig).toEqual({ values: { version: "0.1.0" }, unreadable: ["deepinfraApiKey"] });
});

it("takes a stack that was never deployed for an empty one", () => {
  expect(readExportedState('{"version":3,"deployment":{"manifest":{},"resources":null}}')).toMatchObject({ ids: [] });
});

it.each([
  ["{", /^it is not JSON, and `pulumi stack export` writes JSON$/],
  ['{"resources": []}', /^it is not what `pulumi stack export` writes: see its deployment$/],
  ['{"deployment": {"resources": [{"urn": 1}]}}', /see its deployment\.resources\.0\.urn$/],
])("refuses %s", (text, message) => {
  expect(() => readExportedState(text)).toThrow(message);
});
