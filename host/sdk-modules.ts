/** Modules of the Pulumi SDK that this process runs: stubs of one copy don't fit another's libraries. */
import { createRequire } from "node:module";

/** @param name of a part of the SDK, or of one of its dependencies. */
export function fromSdk(name: string): unknown {
  const main = createRequire(require.main?.filename ?? __filename);
  // Under pnpm, what the SDK depends on is to be seen from the SDK alone.
  return createRequire(main.resolve("@pulumi/pulumi/package.json"))(name);
}
