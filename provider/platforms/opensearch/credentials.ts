/** HTTP Basic for a user of the cluster's security plugin. */
import type { Settings } from "../../connection/settings";
import { ConfigurationError } from "../../errors";
import type { Account } from "../../platform";

/** Both or none: a cluster without the security plugin, or behind a proxy that signs in, takes requests as they are. */
export function requireCredentials(settings: Settings): void {
  const [username, password] = [settings.find("opensearchUsername"), settings.find("opensearchPassword")];
  if ((username === undefined) === (password === undefined)) return;
  const [given, missing] =
    username === undefined
      ? ["opensearchPassword", "opensearchUsername"]
      : ["opensearchUsername", "opensearchPassword"];
  const origin = (username ?? password)?.origin ?? given;
  throw new ConfigurationError(
    `OpenSearch: ${given} is set (by ${origin}) and ${missing} is not; set it with ${settings.names(missing)}`,
  );
}

export function authorization({ settings, redactor }: Account): () => Promise<Record<string, string>> {
  requireCredentials(settings);
  const [username, password] = [settings.get("opensearchUsername"), settings.get("opensearchPassword")];
  if (username === undefined || password === undefined) return () => Promise.resolve({});
  const pair = Buffer.from(`${username}:${password}`).toString("base64");
  redactor.add(pair);
  return () => Promise.resolve({ authorization: `Basic ${pair}` });
}
