/** What the platform says about free GPUs: a hint, which a deployment's fate need not follow. */

/** USD per GPU and hour, as third parties saw them in autumn 2026; other GPUs have no known price. */
const prices: Record<string, number> = {
  "A100-80GB": 0.89,
  "H100-80GB": 2.2,
  "H200-141GB": 2.69,
  "B200-180GB": 3.69,
  "B300-270GB": 4.89,
};

export function gpuAvailability(unavailable: readonly string[]) {
  const gpus = Object.entries(prices).flatMap(([gpu, price]) =>
    [1, 2, 4, 8].map((count) => ({
      gpu_config: `${count}x${gpu}`,
      usd_per_hour: Number((count * price).toFixed(2)),
      available: !unavailable.includes(gpu),
      recommended: false,
    })),
  );
  return { gpus };
}
