/** Amounts and times as people read them. Pure. */

/** `3d4h`, `5h12m`, `12m`, `40s`; undefined where it is not known. */
export function formatAge(ms: number | undefined): string | undefined {
  if (ms === undefined) return undefined;
  const minutes = Math.floor(ms / 60_000);
  if (minutes === 0) return `${Math.floor(ms / 1000)}s`;
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60)];
  if (days >= 2) return `${days}d${hours - days * 24}h`;
  return hours === 0 ? `${minutes}m` : `${hours}h${minutes - hours * 60}m`;
}

/** Names are given by other people: a control character among them would command the terminal. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, "?");
}
