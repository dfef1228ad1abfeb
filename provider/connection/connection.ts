/** One account on one platform: its settings, its HTTP pool, its adapter. */
import type * as client from "../http/client";
import type { HttpClient } from "../http/request";
import { defaultRetryPolicy } from "../http/retry";
import type { RetryPolicy } from "../http/retry";
import type { Adapter, PlatformImplementation } from "../platform";
import { createRedactor } from "../redaction";
import type { Redactor } from "../redaction";
import { redactedAdapter } from "./redacted-adapter";
import type { AnyPlatform } from "../resources/resource-kind";
import { version } from "../version";
import { systemClock } from "../wait/clock";
import type { Clock } from "../wait/clock";
import { requestsPerSecond } from "./request-rate";
import { resolveSettings } from "./settings";
import type { Settings, SettingSources } from "./settings";
import { createSharedLooks } from "./shared-looks";
import { sharesReads } from "./shared-reads";
import { sharedSettings } from "./shared-settings";
import { sharingAdapter } from "./sharing-adapter";
import { createWatches } from "./watch";
import type { StartWatch } from "./watch";

export interface Connection {
  platform: AnyPlatform;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- generic over platforms; each checks its own inputs
  implementation: PlatformImplementation<any>;
  settings: Settings;
  redactor: Redactor;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  adapter: Adapter<any>;
  /** Begins the looks of one wait. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  watch: StartWatch<any>;
}

/** URNs by the ids of resources. */
export type Holders = Map<string, string>;

export interface Connections {
  /** The settings of a platform, without connecting. */
  settings(platform: AnyPlatform): Settings;
  /** What masks the account's secrets, without connecting. */
  redactor(platform: AnyPlatform): Redactor;
  /** Opens the account's pool on first use. @throws ConfigurationError when a setting is missing. */
  connect(platform: AnyPlatform): Connection;
  /** Which resource has which deployment, as far as this process has seen. */
  holders: Holders;
}

/** All connections of one provider instance: one for each platform, since an instance has one set of settings. */
export function createConnections(
  sources: SettingSources,
  retry: RetryPolicy = defaultRetryPolicy,
  clock: Clock = systemClock,
): Connections {
  const open = new Map<string, Connection>();
  const settings = (platform: AnyPlatform): Settings =>
    resolveSettings(platform.title, [...platform.settings, ...sharedSettings], sources);

  const redactors = new Map<string, Redactor>();
  const redactor = (platform: AnyPlatform): Redactor => {
    const existing = redactors.get(platform.id);
    if (existing !== undefined) return existing;
    const made = createRedactor(settings(platform).secrets());
    redactors.set(platform.id, made);
    return made;
  };

  return {
    settings,
    redactor,
    holders: new Map(),
    connect(platform) {
      const existing = open.get(platform.id);
      if (existing !== undefined) return existing;
      const connection = createConnection(platform, settings(platform), redactor(platform), retry, clock);
      open.set(platform.id, connection);
      return connection;
    },
  };
}

function createConnection(
  platform: AnyPlatform,
  settings: Settings,
  redactor: Redactor,
  retry: RetryPolicy,
  clock: Clock,
): Connection {
  const implementation = platform.load();
  implementation.requireCredentials(settings);
  const http: HttpClient = loadHttpClient().createHttpClient({
    title: platform.title,
    baseUrl: implementation.baseUrl(settings),
    authorize: (refresh) => authorize(refresh),
    canRefresh: implementation.canRefreshCredentials(settings),
    describeError: (status, body, method, path) => implementation.describeError(status, body, method, path),
    credentialOrigin: () => originOfCredentials(platform, implementation, settings),
    redactor,
    retry,
    requestsPerSecond: requestsPerSecond(settings, implementation.requestsPerSecond),
    userAgent: `pulumi-inference/${version}`,
  });
  const authorize = implementation.authorization({ settings, http, redactor });
  const single = redactedAdapter(implementation.connect(http, settings), redactor);
  const overviews = sharesReads(settings) ? single.overview : undefined;
  const looks = overviews && createSharedLooks(overviews, clock);
  const adapter = looks === undefined ? single : sharingAdapter(single, looks, clock);
  return { platform, implementation, settings, redactor, adapter, watch: createWatches(single, looks) };
}

function loadHttpClient(): typeof client {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- undici is heavy, and previews send nothing
  return require("../http/client") as typeof client;
}

function originOfCredentials(
  platform: AnyPlatform,
  implementation: PlatformImplementation<unknown>,
  settings: Settings,
): string {
  const secrets = platform.settings.filter(({ secret }) => secret).map(({ key }) => key);
  const keys = implementation.usedCredentials?.(settings) ?? secrets;
  const origins = keys.map((key) => settings.find(key)?.origin).filter((origin) => origin !== undefined);
  if (origins.length > 0) return [...new Set(origins)].join(" and ");
  return `nowhere, none is set; set them with ${secrets.map((key) => settings.names(key)).join(" and ")}`;
}
