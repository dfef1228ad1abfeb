/** The accounts of the stacks shown: from their config and explicit providers, and the environment. */
import type { Connection } from "../../provider/connection/connection";
import type { Settings } from "../../provider/connection/settings";
import type { AnyPlatform } from "../../provider/resources/resource-kind";
import type { SavedSettings } from "../stacks/exported-state";
import { reasonOf } from "./not-looked-at";
import type { NotLookedAt } from "./not-looked-at";
import { platforms } from "../stacks/platforms";
import type { PlatformId } from "../stacks/platforms";
import { connectionsWith } from "../stacks/quiet-call";
import type { ShownStack } from "./stacks";

export interface Account {
  platform: AnyPlatform;
  connection: Connection;
  url: string;
  /** Who uses it: `the stack dev`. */
  usedBy: string[];
  /** Deployments of a stack shown live in it. */
  isNeeded: boolean;
}

export interface Accounts {
  accounts: Account[];
  notLookedAt: NotLookedAt[];
}

/** Settings that belong together. */
interface Source {
  /** `the stack dev`. */
  label: string;
  config: SavedSettings;
  explicit: boolean;
  /** Ids of the platforms that deployments with these settings live on. */
  platforms: readonly string[];
}

/** @param asked undefined for all platforms that have credentials. */
export function findAccounts(
  stacks: readonly ShownStack[],
  asked: readonly PlatformId[] | undefined,
  environment: NodeJS.ProcessEnv,
): Accounts {
  const sources = stacks.length === 0 ? [environmentAlone] : stacks.flatMap(sourcesOf);
  const found = new Map<string, Account>();
  const notLookedAt: NotLookedAt[] = [];
  for (const platform of platforms.filter(({ id }) => asked?.includes(id as PlatformId) ?? true)) {
    const outcomes = outcomesOf(platform, sources, asked !== undefined, environment);
    const accounts = outcomes.filter((one) => "connection" in one);
    const isMissing = asked !== undefined && accounts.length === 0;
    const others = outcomes.filter((one) => "reason" in one);
    notLookedAt.push(...others.map((one) => ({ ...one, failed: one.failed || isMissing })));
    for (const account of accounts) merge(found, account);
  }
  const accounts = [...found.values()].map((one) => ({ ...one, isNeeded: one.isNeeded || asked !== undefined }));
  return { accounts, notLookedAt: distinct(notLookedAt) };
}

const environmentAlone: Source = {
  label: "the environment",
  config: { values: {}, unreadable: [] },
  explicit: false,
  platforms: [],
};

function sourcesOf({ name, source, config, known }: ShownStack): Source[] {
  const label = source === "stack" ? `the stack ${name}` : `the state ${name}`;
  return [
    { label, config, explicit: false, platforms: known.platforms },
    ...known.providers.map((provider) => ({
      label: `the provider ${provider.name} of ${label}`,
      config: provider.settings,
      explicit: true,
      platforms: provider.platforms,
    })),
  ];
}

/** Whoever asks for a platform is told what is missing for it. */
function outcomesOf(
  platform: AnyPlatform,
  sources: readonly Source[],
  isAsked: boolean,
  environment: NodeJS.ProcessEnv,
): (Account | NotLookedAt)[] {
  const outcomes = sources.map((source) => accountOf(platform, source, environment)).filter((one) => one !== undefined);
  if (outcomes.length > 0 || !isAsked) return outcomes;
  const missing = accountOf(platform, { ...environmentAlone, platforms: [platform.id] }, environment);
  return missing === undefined ? [] : [missing];
}

/** Undefined where a platform has no settings, and nobody needs any. */
function accountOf(
  platform: AnyPlatform,
  source: Source,
  environment: NodeJS.ProcessEnv,
): Account | NotLookedAt | undefined {
  const { label, config, explicit } = source;
  const connections = connectionsWith(config, explicit, environment);
  const settings = connections.settings(platform);
  const isUsed = source.platforms.includes(platform.id);
  const hidden = config.unreadable.filter((key) => platform.settings.some((setting) => setting.key === key));
  if (!isUsed && hidden.length === 0 && !isConfigured(platform, settings)) return undefined;

  const { notListed, baseUrl } = platform.load();
  const what = `${platform.title}, account of ${label}`;
  if (notListed !== undefined) return { what: platform.title, reason: notListed, failed: false };
  if (hidden.length > 0)
    return { what, reason: `${hidden.join(" and ")} cannot be read, encrypted as it is`, failed: false };
  try {
    const url = baseUrl(settings);
    const connection = connections.connect(platform);
    return { platform, connection, url, usedBy: [label], isNeeded: isUsed };
  } catch (error) {
    return { what, reason: reasonOf(error, platform), failed: isUsed || hasSecret(platform, settings) };
  }
}

/** Half a configuration may be somebody's leftover; with a key in it, an account was meant. */
function hasSecret(platform: AnyPlatform, settings: Settings): boolean {
  return platform.settings.some(({ key, secret }) => secret && settings.find(key) !== undefined);
}

function isConfigured(platform: AnyPlatform, settings: Settings): boolean {
  return platform.settings.some(({ key }) => (settings.find(key)?.layer ?? "default") !== "default");
}

/** As `DeepInfra, account of the stack dev`. */
export function accountName({ platform, usedBy }: Account): string {
  return `${platform.title}, account of ${usedBy.join(" and ")}`;
}

/** Several stacks may share an account, which is then listed once. */
function merge(found: Map<string, Account>, account: Account): void {
  const { settings } = account.connection;
  const key = JSON.stringify([
    account.platform.id,
    account.platform.settings.map((one) => settings.get(one.key) ?? ""),
  ]);
  const same = found.get(key);
  if (same === undefined) return void found.set(key, account);
  // That the others could use it, as they have the same environment, says nothing.
  if (account.isNeeded) same.usedBy.push(...account.usedBy);
  same.isNeeded ||= account.isNeeded;
}

function distinct(items: readonly NotLookedAt[]): NotLookedAt[] {
  return [...new Map(items.map((item) => [`${item.what}\n${item.reason}`, item])).values()];
}
