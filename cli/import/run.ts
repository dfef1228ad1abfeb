/** One run of `import`, from the options to the exit code. */
import { importDeployment } from "../../provider/lifecycle/import";
import type { ImportResult } from "../../provider/lifecycle/import";
import { providerText } from "../../sdk/provider-text";
import { CommandError } from "../command-error";
import { pulumiCommand } from "../pulumi-command";
import type { PulumiCommand } from "../pulumi-command";
import { requireStack, readStack } from "../stacks/read-stack";
import type { ReadStack } from "../stacks/read-stack";
import type { Terminal } from "../terminal";
import { accountOf, platformOf } from "./account";
import type { ImportAccount } from "./account";
import { additionTo, ownerOf, secretInState, withAddition } from "./addition";
import type { AdditionRequest } from "./addition";
import { isAgreed } from "./agreement";
import { readGivenInputs } from "./given-inputs";
import type { ImportOptions } from "./options";
import { programCode } from "./program-code";
import { projectName } from "./project-name";
import { writeBackup, writeRecord } from "./record";
import { addedOf } from "./removal";
import { nameOf, resourcesOf } from "./stack-state";
import type { StackState, StateResource } from "./stack-state";
import { notesText, planText } from "./text";
import { readState, writeState } from "./write-state";

/** 0: done, or shown. 1: not done. */
export type ExitCode = 0 | 1;

/** @throws CommandError or ProviderError when nothing was changed, or with what has to be known. */
export async function runImport(
  name: string,
  identifier: string,
  options: ImportOptions,
  environment: NodeJS.ProcessEnv,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  if (name === "" || name.includes("::")) throw new CommandError(`"${name}" cannot name a resource`);
  const pulumi = pulumiCommand(options.cwd, environment);
  const { id, given } = await readGivenInputs(identifier, options.inputs);
  const platform = platformOf(id);
  const stack = await readStack(await requireStack(options.stack, options.cwd, pulumi), pulumi);
  const account = accountOf(platform, stack, options.provider, environment, signal);
  const imported = await importDeployment(account.call, id, given);

  const { state } = await readState(stack.name, pulumi);
  const request = await requestOf(name, imported, account, state, stack, options);
  const addition = additionTo(state, request);
  show(request, addition, imported, account, stack, terminal);
  if (options.dryRun) return 0;
  if (!(await isAgreed("Add it to the state?", options.yes, terminal))) return 1;
  signal.throwIfAborted();
  await add(request, stack.name, environment, terminal, pulumi);
  return 0;
}

async function requestOf(
  name: string,
  { id, inputs, state: outputs }: ImportResult,
  { connection, call }: ImportAccount,
  state: StackState,
  stack: ReadStack,
  { cwd, parent, provider, protect }: ImportOptions,
): Promise<AdditionRequest> {
  const kind = call.kind.name as "ModelDeployment" | "LiveDeployment";
  const __provider = providerText(kind === "ModelDeployment" ? "modelDeployment" : "liveDeployment");
  const owner = ownerOf(state) ?? { stack: nameOfStack(stack.name), project: await projectName(cwd) };
  // The next `pulumi up` puts the rest of the stack's config beside these.
  const settings = connection.platform.settings.flatMap(({ key, secret }) => {
    const value = stack.config.values[key];
    return value === undefined ? [] : [[`inference:${key}`, secret ? secretInState(value) : value] as const];
  });
  return {
    ...owner,
    ...{ kind, name, id, parent, provider, protect },
    inputs: { ...inputs, __provider },
    outputs: { ...outputs, __provider },
    settings: Object.fromEntries(settings),
  };
}

/** Without the organization and the project in front. */
function nameOfStack(name: string): string {
  return name.split("/").at(-1) ?? name;
}

/** The code goes to the standard output by itself, so that it can be put into a file. */
function show(
  request: AdditionRequest,
  addition: readonly StateResource[],
  imported: ImportResult,
  { connection }: ImportAccount,
  stack: ReadStack,
  { tell, write }: Terminal,
): void {
  const { kind, name, protect, parent, provider } = request;
  tell(planText(addition, imported, connection, stack.name));
  const names = { parent: parent && nameOf(parent), provider: provider && nameOf(provider) };
  write(connection.redactor.redactValue(programCode({ kind, name, inputs: imported.inputs, protect, ...names })));
  tell(notesText(imported, connection));
}

/** To the newest state: a question may have been answered late. */
async function add(
  request: AdditionRequest,
  stack: string,
  environment: NodeJS.ProcessEnv,
  { tell }: Terminal,
  pulumi: PulumiCommand,
): Promise<void> {
  const { text, state } = await readState(stack, pulumi);
  const addition = additionTo(state, request);
  const backup = await writeBackup(text, environment);
  const added = addition.map(addedOf);
  const { project, stack: shortName } = request;
  const record = await writeRecord({ stack: shortName, project, added, backup }, environment);
  const after = await writeState(stack, withAddition(state, addition), backup, pulumi);
  const digests = new Map(resourcesOf(after).map((one) => [one.urn, addedOf(one).digest]));
  const lost = resourcesOf(state).filter(({ urn }) => !digests.has(urn));
  if (lost.length > 0 || added.some(({ urn, digest }) => digests.get(urn) !== digest)) {
    throw new CommandError(
      `the state is not what was written: another command changed it at the same time; compare it with the one before, in ${backup}`,
    );
  }
  const commandLine = `npx pulumi-inference import --undo ${record}`;
  tell(`\nImported. Put the code into the program, and see that \`pulumi preview\` shows no change.\n`);
  tell(`The state before: ${backup}\nTo take it out again: ${commandLine}\n`);
}
