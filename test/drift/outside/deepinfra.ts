/** What happens to a deployment on DeepInfra. */
import { act, caseOf, refused, noDrift, unseen, itself } from "./case";
import type { OutsideCase } from "./case";

const deepinfra = caseOf("deepinfra");

const minInstances = "deepinfra.settings.minInstances";
const maxInstances = "deepinfra.settings.maxInstances";

export const deepinfraCases: OutsideCase[] = [
  deepinfra("the maximum is raised", act("deepinfra", "configure", { maxInstances: 5 }), "drifted", [
    ["scale-bounds", maxInstances],
  ]),
  deepinfra("the maximum is lowered", act("deepinfra", "configure", { maxInstances: 1 }), "drifted", [
    ["scale-bounds", maxInstances],
  ]),
  deepinfra("the minimum is raised", act("deepinfra", "configure", { minInstances: 2 }), "drifted", [
    ["scale-bounds", minInstances],
  ]),
  deepinfra("it is allowed to scale to zero", act("deepinfra", "configure", { minInstances: 0 }), "drifted", [
    ["scale-bounds", minInstances],
  ]),
  deepinfra("both bounds move", act("deepinfra", "configure", { minInstances: 3, maxInstances: 8 }), "drifted", [
    ["scale-bounds", maxInstances],
    ["scale-bounds", minInstances],
  ]),
  deepinfra("it is stopped in the dashboard", act("deepinfra", "stop"), "unhealthy", [["health", "status"]]),
  deepinfra("its engine crashes", act("deepinfra", "fail", { reason: "the engine crashed" }), "unhealthy", [
    ["health", "status"],
  ]),
  deepinfra(
    "no GPU is available any more",
    act("deepinfra", "fail", { reason: "no-gpu-available" }),
    "unhealthy",
    [["health", "status"]],
    { reason: "no-gpu-available" },
  ),
  deepinfra(
    "it is stopped and changed",
    (simulator, id) => {
      act("deepinfra", "configure", { maxInstances: 7 })(simulator, id);
      act("deepinfra", "stop")(simulator, id);
    },
    "drifted",
    [
      ["scale-bounds", maxInstances],
      ["health", "status"],
    ],
  ),
  deepinfra("it is deleted and still listed", act("deepinfra", "delete"), "drifted", [["existence", "id"]]),
  deepinfra("it is deleted and forgotten", act("deepinfra", "delete"), "drifted", [["existence", "id"]], {
    scenario: { deepinfra: { forgetDeletedAfterMs: 0 } },
  }),
  deepinfra(
    "it rolls out, and does not come to an end",
    act("deepinfra", "status", { status: "updating" }),
    "unhealthy",
    [["health", "status"]],
    { unrepaired: itself },
  ),
  deepinfra(
    "it has a status that nobody knows",
    act("deepinfra", "status", { status: "hibernating" }),
    "unhealthy",
    [["health", "status"]],
    { unrepaired: itself },
  ),
  deepinfra("load scales it up", act("deepinfra", "scale", { running: 2 }), "clean", [], { unrepaired: noDrift }),
  deepinfra("GPUs are short, and none of its instances runs", act("deepinfra", "scale", { running: 0 }), "clean", [], {
    unrepaired: noDrift,
  }),
  deepinfra(
    "a later version of the API reports another batch size",
    (simulator) => simulator.configure({ deepinfra: { newerApi: true } }),
    "clean",
    [],
    { unrepaired: noDrift },
  ),
  deepinfra(
    "the API leaves out what it may leave out",
    (simulator) => simulator.configure({ deepinfra: { optionalParts: "absent", timestamps: "no-zone" } }),
    "clean",
    [],
    { unrepaired: noDrift },
  ),
  deepinfra("the key is no longer accepted", refused(401), "unknown", [], {
    unrepaired: unseen,
    reason: "answered 401",
  }),
  deepinfra("the API is down", refused(503), "unknown", [], { unrepaired: unseen, reason: "answered 503" }),
];
