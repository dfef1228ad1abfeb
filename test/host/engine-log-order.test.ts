import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { createEngineLog } from "../../host/engine-log";
import { until } from "../support/until";

const [, , ...parameters] = process.argv;
const server = new grpc.Server();
afterAll(() => {
  process.argv.splice(2, Infinity, ...parameters);
  server.forceShutdown();
});

const events: string[] = [];
beforeAll(async () => {
  const log: grpc.handleUnaryCall<LogRequest, Empty> = ({ request }, answer) => {
    const line = request.getMessage();
    events.push(`${line} comes`);
    // The first is the slowest.
    setTimeout(
      () => {
        events.push(`${line} is taken`);
        answer(null, new Empty());
      },
      line === "one" ? 200 : 0,
    );
  };
  server.addService(EngineService, { log });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  process.argv[2] = `127.0.0.1:${port}`;
});
beforeEach(() => events.splice(0));

it("hands a line over when the engine has taken the one before, so that the last one is the one that is shown", async () => {
  const lines = createEngineLog("urn:pulumi:one");
  lines.info("one");
  lines.info("two");
  await lines.flush();

  expect(events).toEqual(["one comes", "one is taken", "two comes", "two is taken"]);
});

it("tells a status that lasts, and none that is replaced at once or that the call's end replaces", async () => {
  const lines = createEngineLog("urn:pulumi:one");
  lines.status("starting");
  lines.status("loading");
  await until(() => events.length === 2);
  lines.status("early");
  lines.info("warmer");
  lines.status("ready");
  await lines.flush();

  expect(events).toEqual(["loading comes", "loading is taken", "warmer comes", "warmer is taken"]);
});

it("does not leave a status in the row that no longer holds when the call ends", async () => {
  const lines = createEngineLog("urn:pulumi:one");
  lines.status("loading");
  await until(() => events.length === 2);
  lines.status("ready");
  await lines.flush();

  expect(events).toEqual(["loading comes", "loading is taken", "ready comes", "ready is taken"]);
});
