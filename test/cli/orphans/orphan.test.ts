import type { Account } from "../../../cli/orphans/accounts";
import { findOrphans } from "../../../cli/orphans/orphan";
import type { Request } from "../../../cli/orphans/requests";
import type { Listing } from "../../../provider/platform";
import { platformById } from "../../../cli/stacks/platforms";

const now = new Date("2026-11-21T12:00:00Z");
const hoursAgo = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);

function account(id: string, url = `https://${id}.example.com`): Account {
  const platform = platformById(id);
  if (platform === undefined) throw new Error(`no platform ${id}`);
  const connection = { implementation: platform.load() } as Account["connection"];
  return { platform, connection, url, usedBy: ["the stack dev"], isNeeded: true };
}

const deepinfra = account("deepinfra");

function listing(deploymentId: string, more: Partial<Listing> = {}): Listing {
  const reference = { deploymentId, details: {} };
  return {
    reference,
    name: `acme/${deploymentId}`,
    phase: "ready",
    platformStatus: "running",
    createdAt: hoursAgo(30),
    ...more,
  };
}

function orphansAmong(listings: Listing[], known: string[] = [], requests: Request[] = [], of: Account = deepinfra) {
  const listed = listings.map((one) => ({ account: of, listing: one }));
  return findOrphans(listed, new Set(known), requests, now);
}

const idsOf = (orphans: { id: string }[]): string[] => orphans.map(({ id }) => id);

it("are those that no state knows", () => {
  const listings = [listing("a"), listing("b"), listing("c")];

  expect(idsOf(orphansAmong(listings, ["deepinfra/b", "opensearch/a"]))).toEqual(["deepinfra/a", "deepinfra/c"]);
});

it.each([
  ["deepinfra", ["pending", "ready", "stopped", "unknown", "degraded"]],
  ["opensearch", ["pending", "ready", "failed", "unknown", "degraded"]],
  ["foundry", ["pending", "ready", "failed", "unknown", "degraded"]],
])("on %s are not those that a delete would leave as they are", (id, expected) => {
  const phases = ["pending", "ready", "degraded", "stopped", "failed", "gone", "unknown"] as const;
  const found = orphansAmong(
    phases.map((phase) => listing(phase, { phase })),
    [],
    [],
    account(id),
  );

  expect(found.map(({ phase }) => phase).sort()).toEqual([...expected].sort());
});

it("are shown once where two keys open one account, and twice where the accounts differ", () => {
  const accounts = [deepinfra, account("deepinfra"), account("deepinfra", "https://other.example.com")];
  const found = findOrphans(
    accounts.map((one) => ({ account: one, listing: listing("a") })),
    new Set(),
    [],
    now,
  );

  expect(found.map((orphan) => orphan.account)).toEqual([accounts[0], accounts[2]]);
});

it("cost the price now for their whole age", () => {
  const [priced, free, ageless] = orphansAmong([
    listing("a", { usdPerHour: 4 }),
    listing("b"),
    { ...listing("c", { usdPerHour: 1 }), createdAt: undefined } as unknown as Listing,
  ]);

  expect(priced).toMatchObject({ ageMs: 30 * 3_600_000, usdSoFar: 120 });
  expect(free).not.toHaveProperty("usdSoFar");
  expect(ageless).not.toHaveProperty("usdSoFar");
});

it("have no negative age where the platform's clock is ahead", () => {
  expect(orphansAmong([listing("a", { createdAt: hoursAgo(-1), usdPerHour: 1 })])).toMatchObject([
    { ageMs: 0, usdSoFar: 0 },
  ]);
});

it.each<[string, Partial<Listing>, boolean]>([
  ["ten minutes old", { createdAt: hoursAgo(1 / 6) }, false],
  ["younger", { createdAt: hoursAgo(0.16) }, true],
  ["old, and still starting", { phase: "pending" }, true],
  ["old", {}, false],
])("that are %s may belong to a run: %j %p", (_name, more, expected) => {
  expect(orphansAmong([listing("a", more)])[0]?.isFresh).toBe(expected);
});

describe("that somebody asked for", () => {
  const request: Request = { urn: "urn:a", platform: "deepinfra", name: "a", startedAt: hoursAgo(31) };

  it.each<[string, Partial<Request>, boolean]>([
    ["by the name without the account's part", {}, true],
    ["by the full name", { name: "acme/a" }, true],
    ["by the id", { deploymentId: "a", name: "another" }, true],
    ["in the same account", { account: "https://deepinfra.example.com" }, true],
    ["in another account", { account: "https://other.example.com" }, false],
    ["on another platform", { platform: "foundry" }, false],
    ["by another id", { deploymentId: "b" }, false],
    ["by another name", { name: "ma" }, false],
  ])("%s", (_name, more, expected) => {
    const [orphan] = orphansAmong([listing("a")], [], [{ ...request, ...more }]);

    expect(orphan?.request !== undefined).toBe(expected);
  });
});
