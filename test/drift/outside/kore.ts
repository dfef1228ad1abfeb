/** What happens to a model on Kore.ai, of which no API tells. */
import { act, caseOf, refused, unseen } from "./case";
import type { OutsideCase } from "./case";

const kore = caseOf("kore");

export const koreCases: OutsideCase[] = [
  kore("it is undeployed in the console", act("kore", "undeploy"), "unknown", [], {
    unrepaired: unseen,
    reason: "tells neither",
  }),
  kore("it is deployed anew in the console", act("kore", "deploy"), "unknown", [], { unrepaired: unseen }),
  kore("its last job is forgotten", act("kore", "expire-job"), "unknown", [], { unrepaired: unseen }),
  kore("its last job has failed after all", act("kore", "fail"), "unhealthy", [["health", "status"]]),
  kore("the key is no longer accepted", refused(401), "unknown", [], { unrepaired: unseen, reason: "answered 401" }),
  kore("the API is down", refused(502), "unknown", [], { unrepaired: unseen, reason: "answered 502" }),
];
