/** The plugin as a gRPC server. */
import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { cancel } from "../host/cancellation";
import { Empty, grpc, service } from "./protocol";
import { check } from "./requests/check";
import { checkConfig } from "./requests/check-config";
import { configure } from "./requests/configure";
import { create } from "./requests/create";
import { remove } from "./requests/delete";
import { diff } from "./requests/diff";
import { diffConfig } from "./requests/diff-config";
import { getPluginInfo } from "./requests/get-plugin-info";
import { getSchema } from "./requests/get-schema";
import { handshake } from "./requests/handshake";
import { invoke } from "./requests/invoke";
import { read } from "./requests/read";
import { update } from "./requests/update";
import { toWireError } from "./wire/errors";

/** A state may be large; the engine itself takes messages of 400 MiB. */
const maximumMessageBytes = 400 * 1024 * 1024;

/** Any other method is answered with gRPC's own status `unimplemented`, which the engine understands. */
const implementation: UntypedServiceImplementation = {
  handshake: unary(handshake),
  attach: unary(() => new Empty()),
  getPluginInfo: unary(getPluginInfo),
  getSchema: unary(getSchema),
  checkConfig: unary(checkConfig),
  diffConfig: unary(diffConfig),
  configure: unary(configure),
  check: unary(check),
  diff: unary(diff),
  create: unary(create),
  read: unary(read),
  update: unary(update),
  delete: unary(remove),
  invoke: unary(invoke),
  cancel: unary(() => {
    cancel();
    return new Empty();
  }),
};

/** @returns the port. */
export function startServer(): Promise<number> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": maximumMessageBytes });
  server.addService(service, implementation);
  return new Promise((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    ),
  );
}

type Answer<Response> = (error: object | null, response?: Response) => void;

function unary<Request, Response>(handle: (request: Request) => Response | Promise<Response>) {
  return ({ request }: { request: Request }, answer: Answer<Response>): void => {
    void (async () => handle(request))().then(
      (response) => answer(null, response),
      (error: unknown) => answer(toWireError(error)),
    );
  };
}
