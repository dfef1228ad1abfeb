/** The one listener: page, admin routes, platforms. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { adminRoutes } from "./admin";
import { exchange } from "./exchange";
import { page } from "./page.html";
import type { SimulatedWorld } from "./world";

export interface Listener {
  url: string;
  close(): Promise<void>;
}

/** Listens on loopback alone. Rejects when the port is taken. */
export async function listen(world: SimulatedWorld, port: number): Promise<Listener> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get("/", (context) => context.html(page));
  app.route("/simulator", adminRoutes(world));
  app.all("*", (context) => exchange(world, context));

  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${address.port}`, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Requests that hang and the page's stream of events would keep the server open.
    server.closeAllConnections();
  });
}
