import { spawnSync } from "node:child_process";

/** Runs a command to its end and returns what it wrote; throws with that when it fails. */
export function run(folder: string, command: string, ...parameters: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, parameters, {
    cwd: folder,
    env: outsideOfThisProject(),
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (error !== undefined) throw error;
  if (status === 0) return stdout;
  throw new Error(`${command} ${parameters.join(" ")} ended with exit code ${status}:\n${stdout}${stderr}`);
}

/** Without what `npm test` tells its scripts about this project; a registry or a proxy of the user's stays. */
function outsideOfThisProject(): NodeJS.ProcessEnv {
  const told =
    /^(npm_(package|lifecycle|command|node_execpath|execpath)|npm_config_(local_prefix|user_agent)$|INIT_CWD$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !told.test(name)));
}
