/** What the platform answers about deployments. */
import type { Duration, RuntimeConfiguration } from "./bodies";
import { type Deployment, standingOf } from "./deployment";
import type { FoundryOptions } from "./options";

/** `LiveDeployment`. It tells no name, no address, no count of replicas, and no reason of a failure. */
export function liveDeploymentOut(deployment: Deployment, now: number, options: FoundryOptions) {
  const { rid, branch, modelRid, modelVersionRid, formerConfiguration: former } = deployment;
  const configuration = former !== undefined && now < former.untilMs ? former.configuration : deployment.configuration;
  const { isReady, state } = standingOf(deployment, now, options);
  return {
    rid,
    modelVersion: { modelRid, modelVersionRid },
    branch,
    runtimeConfiguration: configurationOut(configuration, options),
    status: { state, isReady },
  };
}

function configurationOut(given: RuntimeConfiguration, options: FoundryOptions) {
  const { environmentVariables = {}, sources = [], ...rest } = given;
  const shown = { ...defaultsOf(options), ...rest };
  return {
    ...(options.normalises ? normalised(shown) : shown),
    ...partOut("sources", sources, sources.length === 0, options),
    ...partOut("environmentVariables", environmentVariables, Object.keys(environmentVariables).length === 0, options),
  };
}

function partOut(name: string, value: unknown, isEmpty: boolean, { emptyParts }: FoundryOptions) {
  const isShown = emptyParts === "present" || (emptyParts === "absent" && !isEmpty);
  return isShown ? { [name]: value } : {};
}

/** 32 threads are documented; the delays and the threshold are those of compute modules; the rest is made up. */
function defaultsOf({ serverDefaults }: FoundryOptions): Partial<RuntimeConfiguration> {
  if (serverDefaults === "none") return {};
  if (serverDefaults === "thread-count") return { threadCount: 32 };
  return {
    cpu: 1,
    memory: "2GiB",
    threadCount: 32,
    scalingConfiguration: {
      scaleUpLoadThreshold: 0.75,
      scaleUpDelay: { value: 1, unit: "MINUTES" },
      scaleDownDelay: { value: 30, unit: "MINUTES" },
    },
  };
}

function normalised(given: Partial<RuntimeConfiguration>): Partial<RuntimeConfiguration> {
  const { memory, scalingConfiguration: scaling } = given;
  const scaled = scaling && {
    ...scaling,
    scaleUpDelay: normalisedDuration(scaling.scaleUpDelay),
    scaleDownDelay: normalisedDuration(scaling.scaleDownDelay),
  };
  return {
    ...given,
    ...(memory === undefined ? {} : { memory: normalisedMemory(memory) }),
    ...(scaled === undefined ? {} : { scalingConfiguration: scaled }),
  };
}

function normalisedMemory(memory: string): string {
  const [, amount, unit = ""] = /^(\d+)([KMG]iB)$/.exec(memory) ?? [];
  const larger = { KiB: "MiB", MiB: "GiB", GiB: "TiB" }[unit];
  if (amount === undefined || larger === undefined || Number(amount) % 1024 !== 0) return memory;
  return normalisedMemory(`${Number(amount) / 1024}${larger}`);
}

const steps: Partial<Record<Duration["unit"], { unit: Duration["unit"]; size: number }>> = {
  MILLISECONDS: { unit: "SECONDS", size: 1000 },
  SECONDS: { unit: "MINUTES", size: 60 },
  MINUTES: { unit: "HOURS", size: 60 },
  HOURS: { unit: "DAYS", size: 24 },
};

function normalisedDuration(duration: Duration): Duration {
  const step = steps[duration.unit];
  if (step === undefined || duration.value === 0 || duration.value % step.size !== 0) return duration;
  return normalisedDuration({ value: duration.value / step.size, unit: step.unit });
}
