import { providerText } from "../../sdk/provider-text";

// These texts are in the states of every stack, and are run there by later versions of the package:
// they, and what they load, may never change.
test("the text that is kept in state is the one that was kept there from the first version on", () => {
  expect(providerText("ModelDeployment")).toBe(
    'exports.handler=()=>require("pulumi-inference/dynamic").modelDeployment',
  );
  expect(providerText("LiveDeployment")).toBe('exports.handler=()=>require("pulumi-inference/dynamic").liveDeployment');
  expect(providerText("Readiness")).toBe('exports.handler=()=>require("pulumi-inference/dynamic").readiness');
});

test("what it loads is exported by the package under that path and these names", () => {
  const { exports } = jest.requireActual<{ exports: Record<string, unknown> }>("../../package.json");
  const dynamic = jest.requireActual<Record<string, Record<string, unknown>>>("../../sdk/dynamic");

  expect(exports["./dynamic"]).toMatchObject({ default: "./dist/sdk/dynamic/index.js" });
  for (const name of ["modelDeployment", "liveDeployment", "readiness"]) {
    expect(Object.keys(dynamic[name] ?? {}).sort()).toEqual(
      ["configure", "check", "diff", "create", "read", "update", "delete"].sort(),
    );
  }
});
