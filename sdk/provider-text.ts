/**
 * What is kept in state in the place where Pulumi's dynamic resources keep their code: a constant
 * that loads the installed package, so that a fix reaches `refresh` and `destroy` at once, nothing
 * is captured, and nothing has to be serialised. `pulumi-inference/dynamic` and the names exported
 * there are in users' states and must exist in every later version.
 */
export function providerText(exported: "modelDeployment" | "liveDeployment"): string {
  return `exports.handler=()=>require("pulumi-inference/dynamic").${exported}`;
}
