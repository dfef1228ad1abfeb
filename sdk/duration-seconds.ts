const secondsOf: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** Seconds of a duration as `customTimeouts` takes it: `45m`, `1h30m`, `90s`. */
export function durationSeconds(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== text.trim()) {
    throw new Error(`"${text}" is not a duration; write it like "45m" or "1h30m"`);
  }
  return parts.reduce((sum, [, value = "0", unit = "s"]) => sum + Number(value) * (secondsOf[unit] ?? 0), 0);
}
