/** Where a platform's address and credentials come from. */
import { ConfigurationError } from "../errors";

/** One setting of a platform, as config key and as environment variables. */
export interface Setting {
  /** Under `inference:` in the stack's config, and as an input of `Provider`: `deepinfraApiKey`. */
  key: string;
  /** Environment variables, the first that is set wins. */
  environment: readonly string[];
  secret: boolean;
  /** Settings that say the same thing in another way, so that only one of the ways is used: a token, or a client. */
  alternativeTo?: readonly string[];
  /** Used when nobody gives the setting. */
  default?: string;
  /** One line for the docs. */
  description: string;
}

/** Explicit provider before stack config before environment. */
export type SettingLayer = "provider" | "config" | "environment" | "default";

export interface SettingValue {
  value: string;
  layer: SettingLayer;
  /** Where it came from, in words that tell the user where to change it. */
  origin: string;
}

/** The settings of one platform for one provider instance. */
export interface Settings {
  get(key: string): string | undefined;
  /** The value, or a `ConfigurationError` that names the config key and the environment variables. */
  require(key: string): string;
  find(key: string): SettingValue | undefined;
  /** The setting's two names, for an error that asks for it. */
  names(key: string): string;
  /** All values that must never be shown. */
  secrets(): string[];
}

/** The raw values a host has: its own config (explicit provider or stack), and the environment. */
export interface SettingSources {
  /** `undefined` for a key that is not set. Keys without the namespace: `deepinfraApiKey`. */
  config(key: string): string | undefined;
  /** True when `config` holds the inputs of an explicit `Provider` and not the stack's config. */
  explicit: boolean;
  environment: Readonly<Record<string, string | undefined>>;
}

export function resolveSettings(platform: string, settings: readonly Setting[], sources: SettingSources): Settings {
  const byKey = new Map(settings.map((setting) => [setting.key, setting]));

  function find(key: string): SettingValue | undefined {
    const setting = byKey.get(key);
    if (setting === undefined) throw new Error(`${platform} has no setting ${key}`);
    return findConfigured(setting, sources) ?? findInEnvironment(setting, sources) ?? findDefault(setting);
  }

  function names(key: string): string {
    const variables = byKey.get(key)?.environment.join(" or ") ?? "";
    const secret = byKey.get(key)?.secret === true ? "--secret " : "";
    return `\`pulumi config set ${secret}inference:${key} …\` or the environment variable ${variables}`;
  }

  return {
    find,
    names,
    get: (key) => find(key)?.value,
    require(key) {
      const found = find(key);
      if (found === undefined) throw new ConfigurationError(`${platform}: no ${key} is set; set it with ${names(key)}`);
      return found.value;
    },
    secrets: () =>
      settings
        .filter((setting) => setting.secret)
        .map((setting) => find(setting.key)?.value)
        .filter((value) => value !== undefined),
  };
}

function findConfigured(setting: Setting, sources: SettingSources): SettingValue | undefined {
  const value = nonEmpty(sources.config(setting.key));
  if (value === undefined) return undefined;
  return sources.explicit
    ? { value, layer: "provider", origin: `the input ${setting.key} of the resource's explicit Provider` }
    : { value, layer: "config", origin: `the stack's config inference:${setting.key}` };
}

function findInEnvironment(setting: Setting, sources: SettingSources): SettingValue | undefined {
  for (const variable of setting.environment) {
    const value = nonEmpty(sources.environment[variable]);
    if (value !== undefined) return { value, layer: "environment", origin: `the environment variable ${variable}` };
  }
  return undefined;
}

function findDefault(setting: Setting): SettingValue | undefined {
  if (setting.default === undefined) return undefined;
  return { value: setting.default, layer: "default", origin: "the default" };
}

function nonEmpty(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === undefined || trimmed === "" ? undefined : trimmed;
}
