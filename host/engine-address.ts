/**
 * The engine passes its address to a provider's process as an argument: `127.0.0.1:40077`. With
 * `--logflow`, its own flags for logs stand before it: `--logtostderr -v=9`.
 */
export function engineAddress(
  parameters: readonly string[] = process.argv.slice(2),
): { host: string; port: number } | undefined {
  const match = parameters.map((parameter) => /^([^-/][^/]*):(\d+)$/.exec(parameter)).find((found) => found !== null);
  return match?.[1] === undefined ? undefined : { host: match[1], port: Number(match[2]) };
}
