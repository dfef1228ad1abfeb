/** Lists accounts, and says which could not be. */
import { lendCall } from "../../provider/lifecycle/lent-call";
import type { Listing } from "../../provider/platform";
import { accountName } from "./accounts";
import type { Account } from "./accounts";
import { reasonOf } from "./not-looked-at";
import type { NotLookedAt } from "./not-looked-at";
import { listsByModel } from "../stacks/platforms";
import { quietCall } from "../stacks/quiet-call";

export interface Listed {
  account: Account;
  listing: Listing;
}

export interface ListedAccounts {
  /** Those that answered. */
  accounts: Account[];
  listed: Listed[];
  notLookedAt: NotLookedAt[];
}

/** @param models RIDs of Foundry models. */
export async function listAccounts(
  accounts: readonly Account[],
  models: readonly string[],
  signal: AbortSignal,
): Promise<ListedAccounts> {
  const parts = await Promise.all(accounts.map((account) => listAccount(account, models, signal)));
  return joined(parts);
}

function joined(parts: readonly ListedAccounts[]): ListedAccounts {
  return {
    accounts: [...new Set(parts.flatMap(({ accounts }) => accounts))],
    listed: parts.flatMap(({ listed }) => listed),
    notLookedAt: parts.flatMap(({ notLookedAt }) => notLookedAt),
  };
}

async function listAccount(account: Account, models: readonly string[], signal: AbortSignal): Promise<ListedAccounts> {
  if (!listsByModel(account.platform)) return listOnce(account, [], accountName(account), signal);
  const what = `${accountName(account)}: ${models.length === 0 ? "all models" : "other models"}`;
  const more = models.length === 0 ? "name some" : "name more";
  const reason = `it lists the deployments of one model at a time; ${more} with --model`;
  const others: NotLookedAt = { what, reason, failed: models.length === 0 && account.isNeeded };
  // A model that cannot be read must not hide the others.
  const parts = await Promise.all(
    models.map((model) => listOnce(account, [model], `${accountName(account)}: model ${model}`, signal)),
  );
  return joined([...parts, { accounts: [], listed: [], notLookedAt: [others] }]);
}

async function listOnce(
  account: Account,
  models: readonly string[],
  what: string,
  signal: AbortSignal,
): Promise<ListedAccounts> {
  const { connection } = account;
  const call = lendCall(quietCall(connection, signal), connection, undefined);
  try {
    const listings = (await connection.adapter.list?.(models, call)) ?? [];
    return { accounts: [account], listed: listings.map((listing) => ({ account, listing })), notLookedAt: [] };
  } catch (error) {
    return {
      accounts: [],
      listed: [],
      notLookedAt: [{ what, reason: reasonOf(error, account.platform), failed: true }],
    };
  }
}
