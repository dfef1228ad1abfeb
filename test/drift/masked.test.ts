import { masked, maskedAs, secretTexts } from "../../drift/masked";

const secret = (rest: object) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ...rest });

it("masks secrets at any depth", () => {
  const token = secret({ ciphertext: "[secret]" });

  expect(masked({ a: [{ token }], b: secret({ plaintext: '"x"' }), c: 1, d: null })).toEqual({
    a: [{ token: "[secret]" }],
    b: "[secret]",
    c: 1,
    d: null,
  });
});

it("masks a value whose counterpart is a secret", () => {
  const counterpart = { a: "[secret]", b: ["[secret]", 2], c: { d: 1 } };

  expect(maskedAs({ a: { inner: "shown" }, b: ["shown", 2], c: { d: 2 }, e: 5 }, counterpart)).toEqual({
    a: "[secret]",
    b: ["[secret]", 2],
    c: { d: 2 },
    e: 5,
  });
  expect(maskedAs({ b: 1 }, { a: "[secret]" })).toEqual({ b: 1 });
});

it("finds every text among the secrets of a state", () => {
  const state = [{ inputs: { a: secret({ plaintext: '{"x":["one",2],"y":"two"}' }), b: "open" } }, secret({})];

  expect(secretTexts(state)).toEqual(["one", "two"]);
});
