/** The account that an import reads from: the stack's, or that of one of its explicit providers. */
import type { Connection } from "../../provider/connection/connection";
import type { ProviderCall } from "../../provider/lifecycle/provider-call";
import type { AnyPlatform } from "../../provider/resources/resource-kind";
import { CommandError } from "../command-error";
import { platformById } from "../stacks/platforms";
import { connectionsWith, quietCall } from "../stacks/quiet-call";
import type { ReadStack } from "../stacks/read-stack";
import type { SavedSettings } from "../stacks/exported-state";

export interface ImportAccount {
  connection: Connection;
  call: ProviderCall;
}

/** @throws CommandError or ConfigurationError when the account's settings are not known. */
export function accountOf(
  platform: AnyPlatform,
  stack: ReadStack,
  provider: string | undefined,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): ImportAccount {
  const settings = provider === undefined ? stackSettings(stack) : providerSettings(stack, provider);
  const hidden = settings.unreadable.filter((key) => platform.settings.some((setting) => setting.key === key));
  if (hidden.length > 0) {
    throw new CommandError(
      `${hidden.join(" and ")} of the provider ${provider ?? "by default"} cannot be read: ${stack.unread[0]?.reason ?? "encrypted as it is"}`,
    );
  }
  const connection = connectionsWith(settings, provider !== undefined, environment).connect(platform);
  return { connection, call: quietCall(connection, signal) };
}

/** @throws CommandError with the known ones. */
export function platformOf(id: string): AnyPlatform {
  const platform = platformById(id.slice(0, Math.max(0, id.indexOf("/"))));
  if (platform !== undefined) return platform;
  throw new CommandError(
    `"${id}" names no platform; give deepinfra/<deploy_id>, foundry/<rid>, opensearch/<model_id> or kore/<modelId>`,
  );
}

function stackSettings({ name, config, unread }: ReadStack): SavedSettings {
  const failure = unread.find(({ failed }) => failed);
  if (failure !== undefined)
    throw new CommandError(`${failure.what} cannot be read: ${failure.reason}; see the stack ${name}`);
  return config;
}

function providerSettings({ name, known }: ReadStack, asked: string): SavedSettings {
  const found = known.providers.filter((one) => one.urn === asked || one.name === asked);
  const [only, ...others] = found;
  if (only === undefined) {
    throw new CommandError(
      `the stack ${name} has no explicit provider ${asked}; run \`pulumi up\` first, or correct --provider`,
    );
  }
  if (others.length > 0) throw new CommandError(`${found.length} providers are called ${asked}; give the URN of one`);
  return only.settings;
}
