/** The settings of a provider, as config of a stack and as inputs of an explicit provider. */
import { requestsPerSecondSetting } from "../../provider/connection/request-rate";
import type { Setting } from "../../provider/connection/settings";
import { sharedReadsSetting } from "../../provider/connection/shared-reads";
import { sharedSettings } from "../../provider/connection/shared-settings";
import { livePlatform, modelPlatforms } from "../../provider/platforms/registry";
import type { PropertySpecification } from "./specification";

const settings: Setting[] = [
  ...[...Object.values(modelPlatforms), livePlatform].flatMap(({ settings }) => settings),
  ...sharedSettings,
];

/** What is not a text. */
const types: Record<string, string> = { [requestsPerSecondSetting.key]: "number", [sharedReadsSetting.key]: "boolean" };

/**
 * Defaults and environment variables are told and not declared: what is declared is written into the
 * provider's inputs, and so into the state, where it would overrule a variable that changes later.
 */
export function settingProperties(): Record<string, PropertySpecification> {
  return Object.fromEntries(settings.map((setting) => [setting.key, property(setting)]));
}

function property(setting: Setting): PropertySpecification {
  const { key, secret, description, environment } = setting;
  const sentences = [
    description.endsWith(".") ? description : `${description}.`,
    `Environment: ${environment.map((variable) => `\`${variable}\``).join(", then ")}.`,
    ...(setting.default === undefined ? [] : [`Default: \`${setting.default}\`.`]),
  ];
  return { type: types[key] ?? "string", description: sentences.join(" "), ...(secret ? { secret } : {}) };
}
