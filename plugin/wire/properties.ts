/** Properties as they travel: values that are not known yet are texts (`inputs/unknown`), and secrets are plain. */
import { withWireSecrets } from "../../host/wire-secrets";
import { withoutUndefined } from "../../provider/lifecycle/state";
import type { ResourceLifecycle } from "../../provider/lifecycle/resource-lifecycle";
import { isRecord } from "../../provider/resources/resource-kind";
import type { Properties } from "../../provider/resources/resource-kind";
import { Struct } from "../protocol";
import type { JavaScriptValue, WireStruct } from "../protocol";

/** A null stands for what is absent, as everywhere in Pulumi. */
export function fromWire(properties: WireStruct | undefined): Properties {
  return withoutNull(properties?.toJavaScript() ?? {}) as Properties;
}

export function toWire(properties: Properties): WireStruct {
  return Struct.fromJavaScript(withoutUndefined(properties) as Record<string, JavaScriptValue>);
}

/**
 * Inputs or a state. The engine encrypts what is marked here, and by itself whatever the program
 * marked as secret, since the plugin asks for plain values.
 */
export function toWireOf({ secretPaths }: ResourceLifecycle, properties: Properties): WireStruct {
  return toWire(withWireSecrets(properties, secretPaths));
}

function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (!isRecord(value)) return value;
  const present = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(present.map(([key, item]) => [key, withoutNull(item)]));
}
