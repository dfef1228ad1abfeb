/**
 * What is kept in state in the place where Pulumi's dynamic resources keep their code: a constant
 * that loads the installed package, so that a fix reaches `refresh` and `destroy` at once, nothing
 * is captured, and nothing has to be serialised. `pulumi-inference/dynamic` and the names exported
 * there are in users' states and must exist in every later version.
 *
 * @param resource `ModelDeployment`, whose provider is exported as `modelDeployment`.
 */
export function providerText(resource: string): string {
  const exported = resource.charAt(0).toLowerCase() + resource.slice(1);
  return `exports.handler=()=>require("pulumi-inference/dynamic").${exported}`;
}
