/** Reads the report of an earlier run. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { DriftReport } from "../../drift/report";

const earlier = z.object({
  version: z.literal(1),
  stack: z.string(),
  project: z.string(),
  endedAt: z.string(),
  resources: z.array(
    z.object({
      urn: z.string(),
      name: z.string(),
      verdict: z.enum(["clean", "drifted", "unhealthy", "unknown"]),
      differences: z.array(z.object({ path: z.string(), class: z.string() })),
    }),
  ),
  errors: z.array(z.string()),
});

/** A report, or why there is none. A nightly job must not stop for ever at a file that a cache lost or cut. */
export type Earlier = { report: DriftReport } | { problem: string };

export function readEarlierReport(file: string): Earlier {
  try {
    const json: unknown = JSON.parse(readFileSync(file, "utf8"));
    const { success } = earlier.safeParse(json);
    return success ? { report: json as DriftReport } : { problem: `${file} is no drift report of version 1` };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return { problem: `there is no earlier report ${file}` };
    return { problem: `the earlier report ${file} cannot be read: ${message}` };
  }
}
