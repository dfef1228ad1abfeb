/** The simulator in a process of its own, so that its work is not counted with the provider's. */
import { type RecordedRequest, startSimulator } from "../simulator";
import type { SimulatorAnswer, SimulatorCall } from "./simulator";
import type { AnsweredRequest } from "./requests";

async function main(): Promise<void> {
  const simulator = await startSimulator();
  const answered: AnsweredRequest[] = [];
  simulator.subscribe((request) => {
    if (isAnswered(request)) answered.push(timed(request));
  });

  function answer(call: SimulatorCall): SimulatorAnswer {
    if (call.action === "reset") {
      simulator.reset();
      simulator.configure({ readyAfterMs: call.readyAfterMs, latencyMs: call.latencyMs });
      answered.length = 0;
    }
    return {
      environment: simulator.environment("deepinfra"),
      requests: answered.splice(0),
      deployments: simulator.deployments("deepinfra"),
      violations: simulator.violations(),
    };
  }

  // It ends with the benchmark, whichever way that ends, and not before it.
  process.on("SIGINT", () => undefined);
  process.on("disconnect", () => process.exit());
  process.on("message", (call: SimulatorCall) => process.send?.(answer(call)));
}

function isAnswered({ status }: RecordedRequest): boolean {
  return status !== undefined;
}

function timed({ method, path, atMs }: RecordedRequest): AnsweredRequest {
  return { method, path, arrivedMs: atMs, answeredMs: Date.now() };
}

void main();
