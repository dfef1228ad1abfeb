import type { Platform } from "../../platform";
import type * as adapter from "./adapter";
import type { OpenSearchInputs } from "./inputs";

export type { OpenSearchInputs } from "./inputs";

/** OpenSearch ML Commons. */
export const opensearch: Platform<OpenSearchInputs, "opensearch"> = {
  id: "opensearch",
  title: "OpenSearch",
  settings: [
    {
      key: "opensearchUrl",
      environment: ["OPENSEARCH_URL"],
      secret: false,
      description: "The cluster's address: `https://search.example.com:9200`.",
    },
    {
      key: "opensearchUsername",
      environment: ["OPENSEARCH_USERNAME"],
      secret: false,
      description: "A user with the role `ml_full_access`. Leave out for a cluster without the security plugin.",
    },
    {
      key: "opensearchPassword",
      environment: ["OPENSEARCH_PASSWORD"],
      secret: true,
      description: "The user's password.",
    },
  ],
  secretPaths: [],
  observed: { inputs: ["nodeIds"], details: ["taskId"] },
  load: () => (require("./adapter") as typeof adapter).implementation,
};
