/** Loaded into a process before anything else: says on stderr, when the process ends, what it has taken until then. */
process.on("exit", () => {
  const wallMs = performance.now();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const figures = {
    cpuMs: (user + system) / 1000,
    wallMs,
    residentBytes: rss,
    heapBytes: heapUsed,
    modules: Object.keys(require.cache).length,
  };
  process.stderr.write(`\nprobed ${JSON.stringify(figures)}\n`);
});
