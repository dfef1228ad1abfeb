/** Pulumi's Automation API, which takes two seconds to load: only for what the command `pulumi` does not do. */
import type * as automation from "@pulumi/pulumi/automation";
import { CommandError } from "./command-error";

/** @throws CommandError where the package is not installed. */
export async function loadAutomation(): Promise<typeof automation> {
  try {
    return await import("@pulumi/pulumi/automation");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new CommandError(
      "the package @pulumi/pulumi is not installed here; run `npm install` in the program's folder",
    );
  }
}
