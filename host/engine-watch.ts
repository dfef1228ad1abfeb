/**
 * Ends this process when its engine was killed: nobody is left to save what a wait would find, and a
 * forgotten process would go on asking the platform. (The parent process does not tell: between
 * the engine and this process stands a shell, which outlives the engine.)
 */
import { connect } from "node:net";
import { cancel } from "./cancellation";
import { engineAddress } from "./engine-address";

const everyMs = 2_000;
/** Refusals in a row; one may be a hiccup. */
const refusalsThatCount = 2;
/** Time for waits to end and for their last lines to be written. */
const lastMomentMs = 500;

export function watchEngine(): void {
  const address = engineAddress();
  if (address === undefined) return;
  let refusals = 0;
  const timer = setInterval(() => {
    void isListening(address).then((listening) => {
      refusals = listening ? 0 : refusals + 1;
      if (refusals < refusalsThatCount) return;
      clearInterval(timer);
      cancel();
      setTimeout(() => process.exit(1), lastMomentMs);
    });
  }, everyMs);
  timer.unref();
}

function isListening({ host, port }: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (listening: boolean): void => {
      socket.destroy();
      resolve(listening);
    };
    socket.once("connect", () => settle(true));
    // Anything but a refusal (a time-out on a machine under load) says nothing about the engine.
    socket.once("error", (error: NodeJS.ErrnoException) => settle(error.code !== "ECONNREFUSED"));
  });
}
