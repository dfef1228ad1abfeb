/** One run of `cost`, from the options to the exit code. */
import { readMarket } from "../../provider/cost/market";
import type { Market } from "../../provider/cost/market";
import { messageOf } from "../../provider/errors";
import { lendCall } from "../../provider/lifecycle/lent-call";
import type { AnyPlatform } from "../../provider/resources/resource-kind";
import { CommandError } from "../command-error";
import { pulumiCommand } from "../pulumi-command";
import type { PulumiCommand } from "../pulumi-command";
import { connectionsWith, quietCall } from "../stacks/quiet-call";
import { readStack, requireStack } from "../stacks/read-stack";
import type { ReadStack } from "../stacks/read-stack";
import type { Terminal } from "../terminal";
import type { CostOptions } from "./options";
import { readPreview } from "./preview";
import { isDefaultProvider } from "../stacks/exported-state";
import type { PlannedDeployment } from "./preview";
import { reportOn } from "./report";
import type { Priced } from "./report";
import { textReport } from "./text-report";

/** 0: told. 2: a `maxUsdPerHour` will refuse something. */
export type ExitCode = 0 | 2;

/** @throws CommandError when nothing can be said at all. */
export async function runCost(
  options: CostOptions,
  environment: NodeJS.ProcessEnv,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const pulumi = pulumiCommand(options.cwd, environment);
  const name = await requireStack(options.stack, options.cwd, pulumi);
  const stack = await readStack(name, pulumi);
  terminal.progress?.("Previewing …");
  const planned = readPreview(await previewOf(name, pulumi).finally(() => terminal.progress?.("")));
  const priced = await priceAll(planned, stack, environment, signal);
  signal.throwIfAborted();
  const report = reportOn(name, priced);
  terminal.write(options.format === "json" ? `${JSON.stringify(report, undefined, 2)}\n` : textReport(report));
  return report.deployments.some(({ isRefused }) => isRefused) ? 2 : 0;
}

/** As JSON, Pulumi says what is wrong with a program on the standard output alone, where secrets may stand, too. */
function previewOf(stack: string, pulumi: PulumiCommand): Promise<string> {
  return pulumi.run("preview", "--json", "--show-sames", "--stack", stack).catch((error: unknown) => {
    throw new CommandError(`${messageOf(error)}; see what \`pulumi preview\` says`);
  });
}

/** Each account is asked once, and no answer of one is a failure: its costs are unknown then. */
async function priceAll(
  planned: readonly PlannedDeployment[],
  stack: ReadStack,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Priced[]> {
  const markets = new Map<string, Promise<Market>>();
  return Promise.all(
    planned.flatMap((one) => {
      const platform = (one.after ?? one.before)?.platform;
      if (platform === undefined) return [];
      const explicit = stack.known.providers.find(({ urn }) => urn === one.provider);
      const isNew = explicit === undefined && !isDefaultProvider(one.provider);
      const account = `${platform.id} ${explicit?.urn ?? (isNew ? one.provider : "")}`;
      const market = markets.get(account) ?? marketOf(platform, stack, explicit?.urn, isNew, environment, signal);
      markets.set(account, market);
      return [market.then((known) => ({ planned: one, platform, account, market: known }))];
    }),
  );
}

async function marketOf(
  platform: AnyPlatform,
  stack: ReadStack,
  explicit: string | undefined,
  isNew: boolean,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Market> {
  const { notPriced } = platform.load();
  if (notPriced !== undefined) return { notPriced };
  if (isNew) return { notPriced: "its provider is not in the state yet, and its key is not known" };
  const settings = stack.known.providers.find(({ urn }) => urn === explicit)?.settings ?? stack.config;
  try {
    const connection = connectionsWith(settings, explicit !== undefined, environment).connect(platform);
    return await readMarket(connection, lendCall(quietCall(connection, signal), connection, undefined));
  } catch (error) {
    return { notPriced: `its account cannot be asked: ${messageOf(error)}` };
  }
}
