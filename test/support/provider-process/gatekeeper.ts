/** Asked by a provider's process before each connection, whether it shall be refused. See `request-owner.js`. */
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { once } from "node:events";

/** The request that a connection is for. */
export interface ComingRequest {
  resource: string;
  method: string;
  /** Without the query. */
  path: string;
}

export interface Gatekeeper {
  port: number;
  close(): void;
}

export async function startGatekeeper(refuses: (request: ComingRequest) => boolean): Promise<Gatekeeper> {
  const server = createServer((socket) => {
    socket.setEncoding("utf8").on("error", () => undefined);
    socket.once("data", (line: string) => {
      const [resource = "", method = "", path = ""] = line.trim().split(/[ ?]/);
      socket.write(refuses({ resource, method, path }) ? "refuse" : "pass");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() };
}
