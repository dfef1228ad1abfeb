/** Memory and processor time of a command, sampled while it runs. */
import { canSample, type ProcessSample, sampleProcesses } from "./processes";

export interface Consumption {
  cpuSeconds?: number;
  providerPeakBytes?: number;
  treePeakBytes?: number;
}

const everyMs = 100;

/** @returns the function that ends the sampling and tells what was found; nothing where there is no /proc. */
export function watchConsumption(mark: string): () => Consumption {
  if (!canSample) return () => ({});
  const cpu = new Map<number, number>();
  let providerPeakBytes = 0;
  let treePeakBytes = 0;

  function take(): void {
    const samples = sampleProcesses(mark);
    for (const { processId, cpuSeconds } of samples) cpu.set(processId, cpuSeconds);
    treePeakBytes = Math.max(treePeakBytes, sum(samples.map(({ residentBytes }) => residentBytes)));
    providerPeakBytes = Math.max(providerPeakBytes, ...samples.filter(isProvider).map(({ peakBytes }) => peakBytes));
  }

  const timer = setInterval(take, everyMs);
  return () => {
    clearInterval(timer);
    const provider = providerPeakBytes === 0 ? {} : { providerPeakBytes };
    return { cpuSeconds: sum([...cpu.values()]), ...provider, treePeakBytes };
  };
}

function isProvider(sample: ProcessSample): boolean {
  return sample.isProvider;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
