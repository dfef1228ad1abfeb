import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import type * as cancellation from "../../../host/cancellation";
import type * as callHook from "../../../sdk/dynamic/call-hook";

/** A process of its own for each test: the hook and the signal are one for each process. */
function freshHook(): typeof callHook & typeof cancellation {
  let hook: (typeof callHook & typeof cancellation) | undefined;
  jest.isolateModules(() => {
    hook = {
      ...jest.requireActual<typeof callHook>("../../../sdk/dynamic/call-hook"),
      ...jest.requireActual<typeof cancellation>("../../../host/cancellation"),
    };
  });
  if (hook === undefined) throw new Error("the module was not loaded");
  return hook;
}

interface Handler {
  func: (...parameters: unknown[]) => unknown;
  type: string;
}

/** What grpc-js has: a method that gives the handler of a path, or nothing. */
function serverWith(handlers: Record<string, Handler["func"]>): { _retrieveHandler(path: string): Handler | null } {
  return {
    _retrieveHandler(path) {
      const func = handlers[path];
      return func === undefined ? null : { func, type: "unary" };
    },
  };
}

const service = "/pulumirpc.ResourceProvider/";
const callOf = (urn?: string, timeout?: number): unknown => ({
  request: {
    ...(urn === undefined ? {} : { getUrn: () => urn }),
    ...(timeout === undefined ? {} : { getTimeout: () => timeout }),
  },
});

describe("on a server of a few lines", () => {
  test("a call knows its URN and its timeout, as long as it lasts", async () => {
    const { installCallHook, currentCall } = freshHook();
    const server = serverWith({
      [`${service}Create`]: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        return currentCall();
      },
    });

    installCallHook(server);
    const seen = await server._retrieveHandler(`${service}Create`)?.func(callOf("urn:a", 3_660));

    expect(seen).toEqual({ urn: "urn:a", timeoutSeconds: 3_660 });
    expect(currentCall()).toBeUndefined();
  });

  test("calls at the same time do not mix", async () => {
    const { installCallHook, currentCall } = freshHook();
    const server = serverWith({
      [`${service}Create`]: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        return currentCall()?.urn;
      },
    });
    installCallHook(server);
    const create = (urn: string): unknown => server._retrieveHandler(`${service}Create`)?.func(callOf(urn));

    const seen = await Promise.all(["urn:a", "urn:b", "urn:c"].map(create));

    expect(seen).toEqual(["urn:a", "urn:b", "urn:c"]);
  });

  test.each([[0], [-1], [undefined]])("a timeout of %p is none", (timeout) => {
    const { installCallHook, currentCall } = freshHook();
    const server = serverWith({ [`${service}Delete`]: () => currentCall() });

    installCallHook(server);

    expect(server._retrieveHandler(`${service}Delete`)?.func(callOf("urn:a", timeout))).toEqual({
      urn: "urn:a",
      timeoutSeconds: undefined,
    });
  });

  test("a handler gets its parameters, and keeps everything else", () => {
    const { installCallHook } = freshHook();
    const func = jest.fn(() => "answered");
    const server = serverWith({ [`${service}Read`]: func });
    const call = callOf("urn:a");
    const callback = (): void => undefined;

    installCallHook(server);
    const handler = server._retrieveHandler(`${service}Read`);

    expect(handler?.type).toBe("unary");
    expect(handler?.func(call, callback)).toBe("answered");
    expect(func).toHaveBeenCalledWith(call, expect.any(Function));
  });

  test("a diff names what changed, for the engine to find by key and by path", () => {
    const { installCallHook, nameChanges } = freshHook();
    const value = { setDiffsList: jest.fn() };
    const server = serverWith({
      [`${service}Diff`]: (_call, answer) => {
        nameChanges(["deepinfra.settings.maxInstances", "deepinfra.gpu"]);
        return (answer as (error: null, value: unknown) => unknown)(null, value);
      },
    });
    const answer = jest.fn();

    installCallHook(server);
    server._retrieveHandler(`${service}Diff`)?.func(callOf("urn:a"), answer);

    expect(value.setDiffsList).toHaveBeenCalledWith(["deepinfra", "deepinfra.settings.maxInstances", "deepinfra.gpu"]);
    expect(answer).toHaveBeenCalledWith(null, value);
  });

  test("the engine's request to cancel aborts every wait, and is still answered", () => {
    const { installCallHook, cancelled } = freshHook();
    const answer = jest.fn();
    const server = serverWith({ [`${service}Cancel`]: answer });
    installCallHook(server);
    const before = cancelled.aborted;

    server._retrieveHandler(`${service}Cancel`)?.func(callOf());

    expect([before, cancelled.aborted]).toEqual([false, true]);
    expect(answer).toHaveBeenCalledTimes(1);
  });

  test("no other call cancels", () => {
    const { installCallHook, cancelled } = freshHook();
    const paths = ["Create", "Delete", "CancelX", "Configure"].map((name) => service + name);
    const server = serverWith(
      Object.fromEntries([...paths, "/other.Service/Cancel"].map((path) => [path, () => null])),
    );
    installCallHook(server);

    [...paths, "/other.Service/Cancel"].forEach((path) => server._retrieveHandler(path)?.func(callOf()));

    expect(cancelled.aborted).toBe(false);
  });

  test("what has no handler gets none", () => {
    const { installCallHook } = freshHook();
    const server = serverWith({});

    installCallHook(server);

    expect(server._retrieveHandler(`${service}Create`)).toBeNull();
  });
});

describe("where grpc-js has no such method", () => {
  test.each([[{}], [{ _retrieveHandler: "a text" as never }]])(
    "%j is left alone, and calls know nothing",
    (prototype) => {
      const { installCallHook, currentCall } = freshHook();
      const before = { ...prototype };

      expect(installCallHook(prototype)).toBe(false);

      expect(prototype).toEqual(before);
      expect(currentCall()).toBeUndefined();
    },
  );
});

describe("on the grpc-js of the Pulumi SDK", () => {
  interface Grpc {
    Server: new () => GrpcServer;
    ServerCredentials: { createInsecure(): unknown };
    credentials: { createInsecure(): unknown };
  }
  interface GrpcServer {
    addService(definition: unknown, implementation: unknown): void;
    bindAsync(address: string, credentials: unknown, done: (error: Error | null, port: number) => void): void;
    forceShutdown(): void;
  }
  interface Message {
    setUrn(urn: string): void;
    setTimeout(seconds: number): void;
  }
  interface Client {
    create(request: Message, done: (error: Error | null) => void): void;
    cancel(request: unknown, done: (error: Error | null) => void): void;
    close(): void;
  }

  const sdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const grpc = sdk("@grpc/grpc-js") as Grpc;
  const services = sdk("@pulumi/pulumi/proto/provider_grpc_pb") as {
    ResourceProviderService: unknown;
    ResourceProviderClient: new (address: string, credentials: unknown) => Client;
  };
  const messages = sdk("@pulumi/pulumi/proto/provider_pb") as {
    CreateRequest: new () => Message;
    CreateResponse: new () => unknown;
  };
  const { Empty } = sdk("google-protobuf/google/protobuf/empty_pb.js") as { Empty: new () => unknown };

  test("a real call knows its URN and timeout, and a real cancel aborts", async () => {
    const { installCallHook, currentCall, cancelled } = freshHook();
    const seen: unknown[] = [];
    const prototype = grpc.Server.prototype as Parameters<typeof installCallHook>[0];
    const original = prototype?._retrieveHandler;
    const installed = installCallHook(prototype);
    const server = new grpc.Server();
    server.addService(services.ResourceProviderService, {
      create: (_call: unknown, answer: (error: null, response: unknown) => void) => {
        seen.push(currentCall());
        answer(null, new messages.CreateResponse());
      },
      cancel: (_call: unknown, answer: (error: null, response: unknown) => void) => answer(null, new Empty()),
    });
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    const client = new services.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const request = new messages.CreateRequest();
    request.setUrn("urn:pulumi:dev::p::t::llama");
    request.setTimeout(2_700);

    await new Promise<void>((resolve, reject) =>
      client.create(request, (error) => (error ? reject(error) : resolve())),
    );
    const before = cancelled.aborted;
    await new Promise<void>((resolve, reject) =>
      client.cancel(new Empty(), (error) => (error ? reject(error) : resolve())),
    );

    client.close();
    server.forceShutdown();
    if (prototype !== undefined && original !== undefined) prototype._retrieveHandler = original;
    expect(installed).toBe(true);
    expect(seen).toEqual([{ urn: "urn:pulumi:dev::p::t::llama", timeoutSeconds: 2_700 }]);
    expect([before, cancelled.aborted]).toEqual([false, true]);
  });
});

test("any number of waits may listen to the cancel without a warning of Node", async () => {
  const program = `
    const { cancelled } = require("./host/cancellation");
    for (let count = 0; count < 200; count++) cancelled.addEventListener("abort", () => undefined);`;
  const cwd = join(__dirname, "..", "..", "..");

  // In a process of its own, since Jest's has another `process.emitWarning`.
  const { stderr } = await promisify(execFile)(process.execPath, ["--require", "tsx/cjs", "-e", program], { cwd });

  expect(stderr).toBe("");
});

test("no handler of signals is left behind, since every command would wait for it", () => {
  const before = process.listenerCount("SIGINT") + process.listenerCount("SIGTERM");

  freshHook().installCallHook(serverWith({}));

  expect(process.listenerCount("SIGINT") + process.listenerCount("SIGTERM")).toBe(before);
});
