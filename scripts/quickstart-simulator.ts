/** The platform of the quickstart: a simulator in this process, which remembers its deployments between runs. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SavedWorld, type Simulator, startSimulator } from "../simulator";

/** Long enough to see a wait go through its states. */
const READY_AFTER_MS = 12_000;

interface Memory {
  /** The endpoints that the stack's state holds are on this port. */
  port: number;
  saved: SavedWorld;
}

export interface QuickstartSimulator {
  readonly url: string;
  readonly environment: Record<string, string>;
  /** Ends it; what was deployed is there again in the next run. */
  close(): Promise<void>;
}

export async function startQuickstartSimulator(folder: string): Promise<QuickstartSimulator> {
  const file = join(folder, "simulator.json");
  const simulator = await start(readMemory(file));
  return {
    url: simulator.url,
    environment: simulator.environment("deepinfra"),
    close: async () => {
      const memory: Memory = { port: Number(new URL(simulator.url).port), saved: simulator.save() };
      writeFileSync(file, JSON.stringify(memory));
      await simulator.close();
    },
  };
}

async function start({ port, saved }: Memory): Promise<Simulator> {
  const options = { readyAfterMs: READY_AFTER_MS, saved };
  try {
    return await startSimulator({ ...options, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    return startSimulator(options); // A refresh finds the endpoints on the new port.
  }
}

function readMemory(file: string): Memory {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Memory;
  } catch {
    return { port: 0, saved: {} };
  }
}
