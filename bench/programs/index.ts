/** What is measured: a folder beside this file, and a line here. */
import { allCommands, type Command, type Detection, detections } from "../measurement";

export interface ProgramFacts {
  title: string;
  /** `shell` runs `up.sh` and `destroy.sh`. */
  tool: "pulumi" | "shell";
  /** `never` for what knows no platform, `together` for one step that waits for all. */
  waits: "never" | "each" | "together";
  /** Ratios are taken from what is measured in each round. */
  rounds: "every" | "first";
  commands: readonly Command[];
  /** How it can find drift. */
  detections: readonly Detection[];
}

const pulumi = { tool: "pulumi", commands: allCommands } as const;
const each = { ...pulumi, waits: "each" } as const;
const together = { ...pulumi, waits: "together", rounds: "first", detections: [] } as const;
const ours = { ...each, rounds: "every", detections } as const;

/** In the order in which they take turns. `empty` is the floor of all others. */
export const programs = {
  empty: { title: "empty (floor)", ...pulumi, waits: "never", rounds: "every", detections: [] },
  naive: { title: "naive", ...each, rounds: "first", detections: [] },
  curl: {
    title: "curl loop",
    tool: "shell",
    waits: "each",
    rounds: "first",
    commands: ["up", "destroy"],
    detections: [],
  },
  dynamic: { title: "dynamic", ...ours },
  native: { title: "native", ...ours },
  "dynamic-fleet": { title: "dynamic, fleet", ...together },
  "native-fleet": { title: "native, fleet", ...together },
} as const satisfies Record<string, ProgramFacts>;

export type Program = keyof typeof programs;

export const programNames = Object.keys(programs) as Program[];

export function factsOf(program: Program): ProgramFacts {
  return programs[program];
}
