/** The name of the Pulumi project, for a stack whose state has no resource that tells it. */
import { resolve } from "node:path";
import { messageOf } from "../../provider/errors";
import { loadAutomation } from "../automation";
import { CommandError } from "../command-error";

export async function projectName(cwd: string): Promise<string> {
  const { LocalWorkspace } = await loadAutomation();
  try {
    const workspace = await LocalWorkspace.create({ workDir: resolve(cwd) });
    return (await workspace.projectSettings()).name;
  } catch (error) {
    throw new CommandError(`the project in ${cwd} cannot be read: ${messageOf(error).split("\n")[0] ?? ""}`);
  }
}
