/**
 * The native plugin, `pulumi-resource-inference`: started by the engine with its address as an
 * argument, or by a person who debugs it without one.
 */
import { watchEngine } from "../host/engine-watch";
import { keepWebAssemblyBaseline } from "../host/web-assembly";
import { startServer } from "./server";

// A bug in one call must not end the process, and with it the waits of other resources.
for (const event of ["uncaughtException", "unhandledRejection"]) {
  process.on(event, (error: unknown) => void process.stderr.write(`${String((error as Error)?.stack ?? error)}\n`));
}

keepWebAssemblyBaseline();

startServer().then(
  (port) => {
    // The engine reads the first line.
    process.stdout.write(`${port}\n`);
    watchEngine();
  },
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  },
);
