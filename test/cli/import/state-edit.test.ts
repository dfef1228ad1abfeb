/** What an import adds to a state, and what an undo takes out of it again. */
import { additionTo, secretInState, withAddition } from "../../../cli/import/addition";
import type { AdditionRequest } from "../../../cli/import/addition";
import { addedOf, withoutAddition } from "../../../cli/import/removal";
import { parseStackState, resourcesOf } from "../../../cli/import/stack-state";
import type { StackState, StateResource } from "../../../cli/import/stack-state";
import { encrypted, provider, resource } from "../orphans/command";

const deployments = "pulumi-nodejs:dynamic/inference:ModelDeployment";
const project = "urn:pulumi:dev::shop";
const root = { urn: `${project}::pulumi:pulumi:Stack::shop-dev`, type: "pulumi:pulumi:Stack", custom: false };
const byDefault = provider("default", { "inference:deepinfraApiKey": encrypted, "shop:size": "3" });
const eu = provider("eu", { "inference:explicit": "true" });
const request: AdditionRequest = {
  stack: "dev",
  project: "shop",
  kind: "ModelDeployment",
  name: "llama",
  id: "deepinfra/AbC",
  inputs: { deepinfra: { modelName: "llama" }, __provider: "code" },
  outputs: { deepinfra: { modelName: "llama" }, status: "ready", __provider: "code" },
  protect: true,
  settings: { "inference:deepinfraApiKey": secretInState("key"), "inference:deepinfraUrl": "http://127.0.0.1:1" },
};

/** As it comes from Pulumi, with members that this package does not know. */
function stateOf(resources: object[], more: object = {}): StackState {
  const deployment = { manifest: { magic: "x" }, secrets_providers: { type: "passphrase" }, resources, ...more };
  return parseStackState(JSON.stringify({ version: 3, deployment, unknown: [1] }));
}

const addition = (state: StackState, more: Partial<AdditionRequest> = {}): StateResource[] =>
  additionTo(state, { ...request, ...more });

describe("an addition", () => {
  it("is one resource under the stack, by the stack's default provider; all else stays as it is", () => {
    const state = stateOf([root, byDefault.resource, eu.resource]);
    const added = addition(state);

    expect(added).toEqual([
      {
        urn: `${project}::${deployments}::llama`,
        custom: true,
        id: "deepinfra/AbC",
        type: deployments,
        inputs: request.inputs,
        outputs: request.outputs,
        parent: root.urn,
        provider: byDefault.reference,
        protect: true,
      },
    ]);
    const after = withAddition(state, added);
    expect({ ...after, deployment: { ...after.deployment, resources: resourcesOf(state) } }).toEqual(state);
    expect(resourcesOf(after).slice(0, -1)).toEqual(resourcesOf(state));
  });

  it("brings the stack and the default provider, with its settings, where they are missing", () => {
    for (const empty of [stateOf([]), parseStackState('{"version":3,"deployment":{"manifest":{}}}')]) {
      const [stack, provided, deployment, ...others] = addition(empty);

      expect(others).toEqual([]);
      expect(stack).toEqual(root);
      expect(provided).toMatchObject({ urn: byDefault.urn, inputs: request.settings, outputs: request.settings });
      expect(deployment).toMatchObject({ parent: root.urn, provider: `${byDefault.urn}::${provided?.id}` });
    }
    expect(addition(stateOf([root, eu.resource])).map(({ type }) => type)).toEqual([
      "pulumi:providers:pulumi-nodejs",
      deployments,
    ]);
  });

  it("belongs to the provider and the parent that were named, by name or URN", () => {
    const component = {
      urn: `${project}::my:index:Group$my:index:Team::team`,
      type: "my:index:Team",
      parent: root.urn,
    };
    const state = stateOf([root, eu.resource, component]);
    for (const [providerName, parent] of [
      ["eu", "team"],
      [eu.urn, component.urn],
    ]) {
      expect(addition(state, { provider: providerName, parent })).toMatchObject([
        {
          urn: `${project}::my:index:Group$my:index:Team$${deployments}::llama`,
          parent: component.urn,
          provider: eu.reference,
        },
      ]);
    }
    expect(() => addition(state, { provider: "us" })).toThrow("has no provider us");
    expect(() => addition(stateOf([root, eu.resource, eu.resource]), { provider: "eu" })).toThrow("2 resources");
  });

  it("takes no provider that only waits for its removal", () => {
    const outdated = { ...byDefault.resource, delete: true };
    expect(addition(stateOf([root, outdated])).map(({ type }) => type)).toEqual([
      "pulumi:providers:pulumi-nodejs",
      deployments,
    ]);
  });

  it.each([
    ["the name", [resource("deepinfra/other", { urn: `${project}::${deployments}::llama` })], "choose another name"],
    ["the deployment", [resource("deepinfra/AbC")], "has deepinfra/AbC already, as"],
    ["the deployment, read alone", [resource("deepinfra/AbC", { external: true })], "read by `get`"],
    ["the deployment, about to go", [resource("deepinfra/AbC", { delete: true })], "already"],
  ])("is refused where the state has %s", (_what, resources, message) => {
    expect(() => addition(stateOf([root, byDefault.resource, ...resources]))).toThrow(message);
  });

  it("is refused while an operation goes on, or after one that was interrupted", () => {
    const pending_operations = [{ type: "creating", resource: resource("", { urn: `${project}::a:b:C::other` }) }];

    expect(() => addition(stateOf([root], { pending_operations }))).toThrow(/creating .*::other.*`pulumi refresh`/);
  });

  it("is refused for what is no state", () => {
    expect(() => parseStackState("")).toThrow("not understood");
    expect(() => parseStackState('{"deployment":{"resources":[{"type":"x"}]}}')).toThrow("deployment.resources.0.urn");
  });
});

describe("an undo", () => {
  const before = stateOf([root, byDefault.resource]);
  const imported = addition(before);
  const record = imported.map(addedOf);
  const changed = (edit: (one: StateResource) => StateResource): StackState => withAddition(before, imported.map(edit));

  it("takes out exactly what was added", () => {
    expect(withoutAddition(withAddition(before, imported), record)).toEqual(before);
    const empty = stateOf([]);
    const all = addition(empty);
    expect(withoutAddition(withAddition(empty, all), all.map(addedOf))).toEqual(empty);
  });

  it("leaves the provider and the stack that others use by now", () => {
    const empty = stateOf([]);
    const all = addition(empty);
    const other = { ...(all.at(-1) as StateResource), urn: `${project}::${deployments}::other`, id: "deepinfra/other" };
    const after = withoutAddition(withAddition(empty, [...all, other]), all.map(addedOf));

    expect(resourcesOf(after).map(({ urn }) => urn)).toEqual([root.urn, byDefault.urn, other.urn]);
  });

  it("minds neither what the engine notes beside it nor another encryption of the same secret", () => {
    const secret = (ciphertext: string) => ({ ...encrypted, ciphertext });
    const [one] = addition(before, { outputs: { token: secret("v1:a") } });
    const later = { ...one, outputs: { token: secret("v1:b") }, modified: "2026-01-01", sourcePosition: "x" };

    expect(withoutAddition(withAddition(before, [later as StateResource]), [addedOf(one as StateResource)])).toEqual(
      before,
    );
  });

  it.each<[string, (one: StateResource) => StateResource]>([
    ["an output", (one) => ({ ...one, outputs: { ...one.outputs, status: "stopped" } })],
    ["an input", (one) => ({ ...one, inputs: {} })],
    ["the id", (one) => ({ ...one, id: "deepinfra/new" })],
    ["the protection", ({ protect: _, ...one }) => one],
    ["the provider", (one) => ({ ...one, provider: eu.reference })],
  ])("is refused where %s has changed", (_what, edit) => {
    expect(() => withoutAddition(changed(edit), record)).toThrow("has changed since its import");
  });

  it.each([
    ["a dependency", { dependencies: [imported.at(-1)?.urn] }],
    ["a property", { propertyDependencies: { model: [imported.at(-1)?.urn] } }],
    ["its parent", { parent: imported.at(-1)?.urn }],
  ])("is refused where something depends on it by %s", (_what, members) => {
    const dependent = { urn: `${project}::a:b:C::app`, type: "a:b:C", ...members } as StateResource;

    expect(() => withoutAddition(withAddition(before, [...imported, dependent]), record)).toThrow("::app depends on");
  });

  it("has nothing to do where it is gone", () => {
    expect(() => withoutAddition(before, record)).toThrow("nothing to undo");
  });
});
