/**
 * Loaded into every Node process of a command (`NODE_OPTIONS`): records those that were asked for, from their first
 * module to their end. The flag `--cpu-prof` is not allowed there, and loses the profile of a process that a signal ends.
 */
const { writeFileSync } = require("node:fs");
const { Session } = require("node:inspector");
const { join } = require("node:path");

/** Microseconds between two samples; and bytes, on average, between two. */
const [sampleEveryMicroseconds, sampleEveryBytes] = [500, 16384];

const [, script = ""] = process.argv;
const role = /[/\\](cmd[/\\]dynamic-provider|pulumi-resource-inference)/.test(script)
  ? "provider"
  : /[/\\]cmd[/\\]run([/\\]|$)/.test(script)
    ? "program"
    : undefined;

if (role !== undefined) record(join(process.env.BENCH_PROFILES, `${process.env.BENCH_PROFILE_NAME}.${role}`));

function record(file) {
  const session = new Session();
  session.connect();
  const post = (method, parameters) => {
    let answer;
    session.post(method, parameters, (_, given) => (answer = given));
    return answer; // The inspector of one's own thread answers at once.
  };
  post("Profiler.enable");
  post("Profiler.setSamplingInterval", { interval: sampleEveryMicroseconds });
  post("Profiler.start");
  post("HeapProfiler.startSampling", { samplingInterval: sampleEveryBytes });

  let written = false;
  function write() {
    if (written) return;
    written = true;
    writeFileSync(`${file}.cpuprofile`, JSON.stringify(post("Profiler.stop").profile));
    writeFileSync(`${file}.heapprofile`, JSON.stringify(post("HeapProfiler.stopSampling").profile));
  }
  process.on("exit", write);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.prependOnceListener(signal, () => {
      write();
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
}
