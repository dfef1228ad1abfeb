import fc from "fast-check";
import { ProviderError } from "../../provider/errors";
import { deploymentIdFrom, formatIdentifier, parseIdentifier } from "../../provider/lifecycle/identifier";

const platforms = ["deepinfra", "kore", "opensearch"];

test("an id says which platform, and is read back whatever the platform's own id holds", () => {
  fc.assert(
    fc.property(fc.constantFrom(...platforms), fc.string({ minLength: 1 }), (platform, deploymentId) => {
      const id = formatIdentifier(platform, deploymentId);

      expect(parseIdentifier(id, platforms)).toEqual({ platform, deploymentId });
    }),
  );
});

test.each(["", "d1", "deepinfra", "deepinfra/", "/d1", "foundry/d1", "DeepInfra/d1"])(
  "%j is refused, and the error shows what an id looks like",
  (id) => {
    expect(() => parseIdentifier(id, platforms)).toThrow(ProviderError);
    expect(() => parseIdentifier(id, platforms)).toThrow("deepinfra/<id> or kore/<id> or opensearch/<id>");
  },
);

test("what is to be adopted may be given with the platform's name or without", () => {
  expect(deploymentIdFrom("deepinfra", "deepinfra/d1")).toBe("d1");
  expect(deploymentIdFrom("deepinfra", "d1")).toBe("d1");
  expect(deploymentIdFrom("foundry", "ri.a/b")).toBe("ri.a/b");
});
