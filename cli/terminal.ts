/** Where a command writes and asks. */
import { createInterface } from "node:readline/promises";

export interface Terminal {
  /** The report. */
  write(text: string): void;
  /** What is no part of the report. */
  tell(text: string): void;
  /** Undefined where nobody is there to answer. */
  ask?(question: string): Promise<string>;
  /** Shows what goes on in a line that the next one replaces; an empty one takes it away. Undefined in a log. */
  progress?(text: string): void;
  colours: boolean;
  /** Columns of what `write` writes on; undefined where lines may be of any length. */
  width?: number;
}

export function processTerminal({ stdin, stdout, stderr, env }: NodeJS.Process): Terminal {
  return {
    write: (text) => void stdout.write(text),
    tell: (text) => void stderr.write(text),
    ...(stdin.isTTY && stderr.isTTY ? { ask } : {}),
    ...(stderr.isTTY ? { progress: (text) => void stderr.write(`\r\u001b[2K${text}`) } : {}),
    colours: hasColours(stdout.isTTY === true, env),
    // A terminal that does not know its size says 0.
    ...(stdout.isTTY && stdout.columns > 0 ? { width: stdout.columns } : {}),
  };
}

/** FORCE_COLOR wins over NO_COLOR, as in Node.js itself. */
export function hasColours(isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return isTerminal && !env["NO_COLOR"] && env["TERM"] !== "dumb";
}

/** On stderr, so that a report that goes to a file stays clean. The end of the input is no answer. */
async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<string>((resolve) => void lines.once("close", () => resolve("")));
  try {
    return await Promise.race([lines.question(question), ended]);
  } finally {
    lines.close();
  }
}
