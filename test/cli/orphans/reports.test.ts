import type { Account } from "../../../cli/orphans/accounts";
import type { NotLookedAt } from "../../../cli/orphans/not-looked-at";
import type { Orphan } from "../../../cli/orphans/orphan";
import { platformById } from "../../../cli/stacks/platforms";
import type { Report } from "../../../cli/orphans/report";
import type { ShownStack } from "../../../cli/orphans/stacks";
import { jsonReport } from "../../../cli/orphans/json-report";
import { coloured, plain, textReport } from "../../../cli/orphans/text-report";

function account(id: string, url: string, usedBy: string[]): Account {
  return { platform: platformById(id), url, usedBy, isNeeded: true } as unknown as Account;
}

const deepinfra = account("deepinfra", "https://api.deepinfra.com", ["the stack dev"]);
const foundry = account("foundry", "https://acme.palantirfoundry.com", [
  "the stack dev",
  "the provider eu of the stack dev",
]);

const hours = 3_600_000;

const llama: Orphan = {
  account: deepinfra,
  id: "deepinfra/OHHUfwWEzm0D8oXu",
  reference: { deploymentId: "OHHUfwWEzm0D8oXu", details: {} },
  name: "acme/llama",
  phase: "ready",
  platformStatus: "running",
  createdAt: new Date("2026-11-18T08:00:00Z"),
  ageMs: 76 * hours,
  replicas: { running: 1, pending: 0 },
  hardware: "2 × H100-80GB, 1 to 3 instances",
  usdPerHour: 4.4,
  usdSoFar: 334.4,
  isFresh: false,
};

const late: Orphan = {
  account: deepinfra,
  id: "deepinfra/iNXPyow4CKM0IENs",
  reference: { deploymentId: "iNXPyow4CKM0IENs", details: {} },
  name: "acme/new",
  phase: "pending",
  platformStatus: "",
  ageMs: 42_000,
  isFresh: true,
  request: {
    urn: "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/inference:ModelDeployment::new",
    platform: "deepinfra",
    startedAt: new Date("2026-11-21T11:00:00Z"),
  },
};

const scorer: Orphan = {
  account: foundry,
  id: "foundry/ri.live.1",
  reference: { deploymentId: "ri.live.1", details: {} },
  name: "ri.model.1 @ master",
  phase: "ready",
  platformStatus: "ACTIVE",
  hardware: "1 × A10G, 1 replica",
  isFresh: false,
};

const stack = { name: "dev", source: "stack" } as ShownStack;
const file = { name: "prod.json", source: "file" } as ShownStack;

function report(orphans: Orphan[], notLookedAt: NotLookedAt[] = []): Report {
  return { stacks: [stack, file], accounts: [deepinfra, foundry], orphans, notLookedAt, scope: " --stack dev" };
}

const head = `Compared with: the stack dev, the state prod.json
Looked at:     DeepInfra (https://api.deepinfra.com), Palantir Foundry (https://acme.palantirfoundry.com)
`;

describe("as text", () => {
  it("says what was compared, and that nothing is left over", () => {
    expect(textReport(report([]), plain)).toBe(`${head}
Nothing runs there that is in no stack shown.
`);
  });

  it("lists orphans by account, what they cost, and the two ways out of each", () => {
    expect(textReport(report([llama, late, scorer]), plain)).toBe(`${head}
3 deployments run there and are in no stack shown

DeepInfra, account of the stack dev (https://api.deepinfra.com)
  ID                          NAME        STATUS    AGE  HARDWARE                         USD/HOUR  SO FAR, UP TO
  deepinfra/OHHUfwWEzm0D8oXu  acme/llama  running  3d4h  2 × H100-80GB, 1 to 3 instances      4.40         334.40
  deepinfra/iNXPyow4CKM0IENs  acme/new    pending   42s  ?                                       ?              ?

Palantir Foundry, account of the stack dev and the provider eu of the stack dev (https://acme.palantirfoundry.com)
  ID                 NAME                 STATUS  HARDWARE
  foundry/ri.live.1  ri.model.1 @ master  ACTIVE  1 × A10G, 1 replica

Together 4.40 USD an hour, up to 334.40 so far, as far as prices are known. "So far" is today's price for the whole age: less
where a deployment was stopped or smaller meanwhile, more where it was larger.

deepinfra/OHHUfwWEzm0D8oXu acme/llama
  keep it    adopt: "OHHUfwWEzm0D8oXu" among the inputs of its resource, then \`pulumi up\`
  remove it  npx pulumi-inference orphans --stack dev --remove deepinfra/OHHUfwWEzm0D8oXu

deepinfra/iNXPyow4CKM0IENs acme/new
  asked for by urn:pulumi:dev::shop::pulumi-nodejs:dynamic/inference:ModelDeployment::new at 2026-11-21T11:00:00.000Z, whose run goes on or was interrupted: \`pulumi up\` there takes it over
  new, or still starting: a run that goes on may be making it
  keep it    adopt: "iNXPyow4CKM0IENs" among the inputs of its resource, then \`pulumi up\`
  remove it  npx pulumi-inference orphans --stack dev --remove deepinfra/iNXPyow4CKM0IENs

foundry/ri.live.1 ri.model.1 @ master
  keep it    adopt: "ri.live.1" among the inputs of its resource, then \`pulumi up\`
  remove it  npx pulumi-inference orphans --stack dev --remove foundry/ri.live.1
`);
  });

  it("never hides what was not looked at", () => {
    const notLookedAt = [{ what: "Kore.ai", reason: "its API does not tell what is deployed", failed: false }];

    expect(textReport({ ...report([], notLookedAt), accounts: [], stacks: [] }, plain)).toBe(`Compared with: nothing
Looked at:     no account

Nothing was looked at.

Not looked at:
  Kore.ai: its API does not tell what is deployed
`);
  });

  it("lets no name command the terminal", () => {
    const text = textReport(report([{ ...llama, name: "a\u001b]0;x\u0007\nb\u202e" }]), plain);

    expect(text).not.toMatch(/[\u001b\u0007\u202e]/);
    expect(text).toContain("a?]0;x?b?");
  });

  it("has colours only when it is told to", () => {
    expect(textReport(report([late]), plain)).not.toContain("\u001b");
    expect(textReport(report([late]), coloured)).toContain("\u001b[33mnew, or still starting\u001b[0m");
  });
});

describe("as JSON", () => {
  it("has the documented shape", () => {
    const kore = { what: "Kore.ai", reason: "no list", failed: false };

    expect(JSON.parse(jsonReport(report([llama, late], [kore])))).toEqual({
      version: 1,
      comparedWith: [
        { name: "dev", source: "stack" },
        { name: "prod.json", source: "file" },
      ],
      accounts: [
        { platform: "deepinfra", url: "https://api.deepinfra.com", usedBy: ["the stack dev"] },
        { platform: "foundry", url: foundry.url, usedBy: foundry.usedBy },
      ],
      orphans: [
        {
          platform: "deepinfra",
          account: "https://api.deepinfra.com",
          id: "deepinfra/OHHUfwWEzm0D8oXu",
          deploymentId: "OHHUfwWEzm0D8oXu",
          name: "acme/llama",
          status: "ready",
          platformStatus: "running",
          createdAt: "2026-11-18T08:00:00.000Z",
          ageSeconds: 273_600,
          replicas: { running: 1, pending: 0 },
          hardware: "2 × H100-80GB, 1 to 3 instances",
          usdPerHour: 4.4,
          usdSoFar: 334.4,
          mayBelongToRun: false,
        },
        {
          platform: "deepinfra",
          account: "https://api.deepinfra.com",
          id: "deepinfra/iNXPyow4CKM0IENs",
          deploymentId: "iNXPyow4CKM0IENs",
          name: "acme/new",
          status: "pending",
          platformStatus: "",
          ageSeconds: 42,
          mayBelongToRun: true,
          askedFor: { urn: late.request?.urn, at: "2026-11-21T11:00:00.000Z" },
        },
      ],
      total: { usdPerHour: 4.4, usdSoFar: 334.4 },
      notLookedAt: [kore],
    });
  });

  it("tells what became of each when some were to be removed", () => {
    const text = jsonReport(report([llama, scorer, late]), [
      { orphan: llama, outcome: "removed" },
      { orphan: scorer, outcome: "failed", error: "still there" },
    ]);

    expect(JSON.parse(text)).toMatchObject({
      orphans: [{ removal: "removed" }, { removal: "failed", removalError: "still there" }, { removal: "skipped" }],
    });
  });
});
