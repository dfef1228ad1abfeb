/** Shows that something long is still going on: a clock on a terminal, a line now and then elsewhere. */

/** Build machines end jobs that are silent for long. */
const LINE_EVERY_MS = 60_000;

export async function showPatience<T>(work: Promise<T>): Promise<T> {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const onTerminal = process.stderr.isTTY;
  const timer = setInterval(
    () => process.stderr.write(onTerminal ? `\r  ${seconds()} s` : `  still building after ${seconds()} s\n`),
    onTerminal ? 1000 : LINE_EVERY_MS,
  );
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (onTerminal) process.stderr.write("\r\x1b[K");
  }
}
