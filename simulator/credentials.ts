/** What the simulated platforms accept as credentials. Fakes, which may be printed. */

export interface Credentials {
  deepinfraApiKey: string;
  koreApiKey: string;
  opensearchUsername: string;
  opensearchPassword: string;
  foundryToken: string;
  foundryClientId: string;
  foundryClientSecret: string;
}

export const defaultCredentials: Credentials = {
  deepinfraApiKey: "simulator-deepinfra-key",
  koreApiKey: "simulator-kore-key",
  opensearchUsername: "simulator-admin",
  opensearchPassword: "simulator-opensearch-password",
  foundryToken: "simulator-foundry-token",
  foundryClientId: "simulator-foundry-client",
  foundryClientSecret: "simulator-foundry-client-secret",
};
