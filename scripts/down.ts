/** `npm run down`: destroys the quickstart, and removes its state. */
import { rmSync } from "node:fs";
import { withQuickstart } from "./quickstart-session";
import { stateFolder } from "./quickstart-stack";

void withQuickstart(async ({ run }) => {
  await run("destroy", "--yes", "--skip-preview", "--refresh", "--remove");
}).then(() => {
  if (process.exitCode === undefined) rmSync(stateFolder, { recursive: true, force: true });
});
