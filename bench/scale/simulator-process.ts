/** One simulated account in a process of its own, which measures what it answers. */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { startSimulator } from "../../simulator";
import type { Exchange } from "./figures";
import type { AccountAnswer, AccountCall } from "./simulator";

/** Longer than any run. */
const forEverMs = 24 * 60 * 60 * 1000;

async function main(): Promise<void> {
  const simulator = await startSimulator({ readyAfterMs: forEverMs });
  const exchanges = recordExchanges();

  process.on("SIGINT", () => undefined);
  process.on("disconnect", () => process.exit());
  process.on("message", (call: AccountCall) => {
    const standing = simulator.deployments("deepinfra").filter(({ removed }) => !removed);
    if (call === "finish") {
      for (const { id } of standing) simulator.act({ platform: "deepinfra", id, action: "finish" });
    }
    const answer: AccountAnswer = {
      environment: simulator.environment("deepinfra"),
      exchanges: call === "take" ? exchanges.splice(0) : [],
      standing: standing.length,
      violations: simulator.violations(),
    };
    process.send?.(answer);
  });
}

/** By Node's own channels: the simulator's log does not know how large its answers are. */
function recordExchanges(): Exchange[] {
  const exchanges: Exchange[] = [];
  const arrivals = new WeakMap<IncomingMessage, number>();
  const written = new WeakMap<Socket, number>();
  subscribe("http.server.request.start", (message) => {
    arrivals.set((message as { request: IncomingMessage }).request, Date.now());
  });
  subscribe("http.server.response.finish", (message) => {
    const { request, socket } = message as { request: IncomingMessage; socket: Socket };
    const { method = "", url = "" } = request;
    const [path = ""] = url.split("?");
    const bytes = socket.bytesWritten - (written.get(socket) ?? 0);
    written.set(socket, socket.bytesWritten);
    exchanges.push({ method, path, arrivedMs: arrivals.get(request) ?? NaN, bytes });
  });
  return exchanges;
}

void main();
