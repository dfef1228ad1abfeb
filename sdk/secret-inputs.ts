import * as pulumi from "@pulumi/pulumi";
import { modelPlatforms } from "../provider/platforms/registry";

/** The arguments of a `ModelDeployment`, with those that are always secret marked. */
export function withSecretInputs<Args extends object>(args: Args): Args {
  const paths = Object.values(modelPlatforms).flatMap(({ id, secretPaths }) =>
    secretPaths.map((path) => `${id}.${path}`),
  );
  return withSecrets({ ...args }, paths);
}

/**
 * Marks inputs that are always secret, so that a token given as a plain text is encrypted in state
 * like one that comes from the config.
 *
 * @param paths dotted, relative to `value`.
 */
export function withSecrets<Value>(value: Value, paths: readonly string[]): Value {
  return paths.reduce<unknown>((marked, path) => markSecret(marked, path.split(".")), value) as Value;
}

function markSecret(value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (value === undefined || value === null) return value;
  if (key === undefined) return pulumi.secret(value);
  if (pulumi.Output.isInstance(value) || value instanceof Promise) {
    const pending = pulumi.output(value as Promise<unknown>) as pulumi.Output<unknown>;
    return pending.apply((resolved) => markSecret(resolved, path));
  }
  if (typeof value !== "object" || !(key in value)) return value;
  return { ...value, [key]: markSecret((value as Record<string, unknown>)[key], rest) };
}
