/** The engine passes its address to a provider's process as the first argument: `127.0.0.1:40077`. */
export function engineAddress(): { host: string; port: number } | undefined {
  const match = /^(.+):(\d+)$/.exec(process.argv[2] ?? "");
  return match?.[1] === undefined ? undefined : { host: match[1], port: Number(match[2]) };
}
