import { runtime } from "@pulumi/pulumi";
import * as rpc from "@pulumi/pulumi/runtime/rpc";
import { withWireSecrets } from "../../host/wire-secrets";

const wrapped = (value: unknown): unknown => ({ [rpc.specialSigKey]: rpc.specialSecretSig, value });

test("a value at a path is wrapped as the engine knows it, and its neighbours are not", () => {
  const state = { acme: { hf: { token: "hf_1", repo: "r" } }, status: "ready" };

  expect(withWireSecrets(state, ["acme.hf.token"])).toEqual({
    acme: { hf: { token: wrapped("hf_1"), repo: "r" } },
    status: "ready",
  });
});

test("the form is one that Pulumi reads back as a secret", () => {
  const read = runtime.deserializeProperty(withWireSecrets({ token: "hf_1" }, ["token"])) as Record<string, unknown>;

  expect(read).toEqual({ [rpc.specialSigKey]: rpc.specialSecretSig, value: { token: "hf_1" } });
});

test("what is not there is not made", () => {
  const states = [{}, { acme: undefined }, { acme: null }, { acme: { hf: {} } }, { acme: "x" }, { acme: ["x"] }];

  expect(states.map((state) => withWireSecrets(state, ["acme.hf.token"]))).toEqual(states);
});

test("the state that was given is not changed", () => {
  const state = { acme: { token: "hf_1" } };

  withWireSecrets(state, ["acme.token"]);

  expect(state).toEqual({ acme: { token: "hf_1" } });
});
