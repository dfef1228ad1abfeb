/** The account of this process: the engine starts one process for each provider instance. */
import { createConnections } from "../provider/connection/connection";
import type { Connections } from "../provider/connection/connection";
import type { Properties } from "../provider/resources/resource-kind";

let configured: Connections | undefined;

/** @param explicit whether the settings are a program's own provider's, and not the stack's config. */
export function configureAccount(settings: Properties, explicit: boolean): void {
  configured = connectionsOf(settings, explicit);
}

export function account(): Connections {
  if (configured === undefined) throw new Error("the provider was not configured");
  return configured;
}

/** Numbers and booleans come as such from a program, and as texts from a stack's config. */
export function connectionsOf(settings: Properties, explicit: boolean): Connections {
  const config = (key: string): string | undefined => {
    const value = settings[key];
    return ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;
  };
  return createConnections({ config, explicit, environment: process.env });
}
