/** The facts without which a figure says nothing. */
import { cpus, loadavg, release, totalmem, type } from "node:os";
import type { Engine } from "../engine/engine";
import { version } from "../provider/version";
import { version as sdkVersion } from "@pulumi/pulumi/package.json";

export interface Machine {
  date: string;
  cores: number;
  memoryGibibytes: number;
  system: string;
  node: string;
  engine: string;
  sdk: string;
  package: string;
  /** The system's load average of one minute, before the benchmark and at its end. */
  loads: [number, number];
}

export function currentLoad(): number {
  return loadavg()[0] ?? 0;
}

export function describeMachine(engine: Engine, loadBefore: number): Machine {
  return {
    date: new Date().toISOString(),
    cores: cpus().length,
    memoryGibibytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    engine: engine.version,
    sdk: sdkVersion,
    package: version,
    loads: [loadBefore, currentLoad()],
  };
}
