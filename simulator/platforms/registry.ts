/** The simulated platforms, one line each. */
import { deepinfra } from "./deepinfra";
import { foundry } from "./foundry";
import { kore } from "./kore";
import { opensearch } from "./opensearch";

export const platforms = [deepinfra, kore, opensearch, foundry] as const;

type RegisteredPlatform = (typeof platforms)[number];

export type PlatformId = RegisteredPlatform["id"];

/** The platforms' own parts of a scenario. */
export type PlatformOptions = {
  [Registered in RegisteredPlatform as Registered["id"]]?: Partial<OptionsOf<Registered>>;
};

type OptionsOf<Registered> = Registered extends { options: { _zod: { output: infer Options } } } ? Options : never;
