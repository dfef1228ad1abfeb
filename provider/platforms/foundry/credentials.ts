/** A user's token, or an OAuth2 client that fetches tokens of its own. */
import type { Settings, SettingLayer, SettingValue } from "../../connection/settings";
import {
  CancelledError,
  ConfigurationError,
  ConnectionError,
  isTransient,
  messageOf,
  PlatformError,
} from "../../errors";
import type { Account } from "../../platform";
import { fetchToken } from "./api";
import { createTokenSource } from "./token-source";
import type { Token } from "./token-source";

export type Credentials = { kind: "token"; token: string } | { kind: "client"; id: string; secret: string };

/** Shared by all requests that wait for it, so that none of them can cancel it. Milliseconds. */
const tokenTimeoutMs = 30_000;
/** For an answer without a lifetime; a 401 ends it earlier. Seconds. */
const assumedLifetimeSeconds = 300;

/**
 * What is configured nearer to the program wins, so that a personal token in somebody's shell never
 * takes the place of the stack's own client; of two in one place, the token.
 *
 * @throws ConfigurationError when there is neither, or half a client.
 */
export function chooseCredentials(settings: Settings): Credentials {
  const token = settings.find("foundryToken");
  const [id, secret] = [settings.find("foundryClientId"), settings.find("foundryClientSecret")];
  const client = nearer(id, secret);
  if (token !== undefined && (client === undefined || rank(token) <= rank(client))) {
    return { kind: "token", token: token.value };
  }
  if (client === undefined) {
    throw new ConfigurationError(
      `Palantir Foundry: no credentials are set; set a token with ${settings.names("foundryToken")}, or an OAuth client with ${settings.names("foundryClientId")} and ${settings.names("foundryClientSecret")}`,
    );
  }
  if (id === undefined || secret === undefined) {
    const [given, missing] =
      id === undefined ? ["foundryClientSecret", "foundryClientId"] : ["foundryClientId", "foundryClientSecret"];
    throw new ConfigurationError(
      `Palantir Foundry: ${given} is set (by ${client.origin}) and ${missing} is not; set it with ${settings.names(missing)}`,
    );
  }
  return { kind: "client", id: id.value, secret: secret.value };
}

export function authorization(account: Account): (refresh: boolean) => Promise<Record<string, string>> {
  const credentials = chooseCredentials(account.settings);
  if (credentials.kind === "token") return () => Promise.resolve(bearer(credentials.token));
  const currentToken = createTokenSource(() => tokenOf(account, credentials));
  return async (refresh) => bearer(await currentToken(refresh));
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

const layers: readonly SettingLayer[] = ["provider", "config", "environment", "default"];

function rank({ layer }: SettingValue): number {
  return layers.indexOf(layer);
}

/** A client belongs to the nearer place of its two halves: its secret alone may come from the environment. */
function nearer(one: SettingValue | undefined, other: SettingValue | undefined): SettingValue | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return rank(one) <= rank(other) ? one : other;
}

type Client = Extract<Credentials, { kind: "client" }>;

async function tokenOf({ http, redactor }: Account, client: Client): Promise<Token> {
  // The vendor's TypeScript client signs in so; the standard encodes both halves first.
  const pair = `${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret)}`;
  const basic = Buffer.from(pair).toString("base64");
  redactor.add(basic);
  try {
    const { access_token: value, expires_in } = await fetchToken(http, basic, AbortSignal.timeout(tokenTimeoutMs));
    redactor.add(value);
    return { value, lifetimeSeconds: expires_in ?? assumedLifetimeSeconds };
  } catch (error) {
    throw tokenError(error);
  }
}

/**
 * Told apart from a failure of the request that needed the token, which was not sent: it may be
 * repeated, and a 401 of the token endpoint is not cured by another token.
 */
function tokenError(error: unknown): Error {
  if (error instanceof PlatformError && !isTransient(error)) {
    return new ConfigurationError(error.message, { cause: error });
  }
  const cause = isTransient(error) ? { cause: error } : {};
  return new ConnectionError(`Palantir Foundry: no access token: ${reasonOf(error)}`, false, cause);
}

/** Whatever was answered instead of a token may hold one, and is not shown. */
function reasonOf(error: unknown): string {
  if (isTransient(error)) return messageOf(error);
  return error instanceof CancelledError
    ? `the token endpoint did not answer within ${tokenTimeoutMs / 1000} seconds`
    : "the token endpoint answered with something else";
}
