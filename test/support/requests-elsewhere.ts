/**
 * Requests from a process of its own, for what Node reads from the environment when it starts. Run as a
 * program, it sends one to each address among its arguments, and prints what became of them.
 */
import { spawn } from "node:child_process";
import { client, get } from "./http-client";

export interface Outcome {
  /** The answer, or the name and the message of an error. */
  answer?: unknown;
  name?: string;
  message?: string;
}

/** @param environment beside PATH, all that the process has. */
export async function requestElsewhere(baseUrls: string[], environment: Record<string, string>): Promise<Outcome[]> {
  const child = spawn(process.execPath, ["--import", "tsx", __filename, ...baseUrls], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (chunk: string) => (written[stream] += chunk));
  }
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`the process ended with ${code}:\n${written.stderr}`);
  return JSON.parse(written.stdout) as Outcome[];
}

async function outcomeOf(baseUrl: string): Promise<Outcome> {
  try {
    return { answer: await client(baseUrl).request(get()) };
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message };
  }
}

if (require.main === module) {
  void Promise.all(process.argv.slice(2).map(outcomeOf)).then((outcomes) => {
    process.stdout.write(JSON.stringify(outcomes), () => process.exit(0));
  });
}
