/**
 * Loaded into a provider's process before anything else: each request that it sends names the resource that it is
 * sent for, by a header, so that a list of an account, too, can be told from another resource's. With a gatekeeper,
 * each request has a connection of its own, which the gatekeeper may have refused.
 */
const { subscribe } = require("node:diagnostics_channel");
const net = require("node:net");
const { dirname, join } = require("node:path");

/** Ports: of the gatekeeper, and of the server whose connections it may refuse. */
const [gatekeeper, guarded] = (process.env.TEST_GATEKEEPER ?? "").split(":").map(Number);
/** Nobody listens there. */
const closedPort = 1;
const lines = new WeakMap();

function currentCall() {
  return require(join(dirname(require.resolve("pulumi-inference/dynamic")), "call-hook.js")).currentCall();
}

subscribe("undici:request:create", ({ request }) => {
  const call = currentCall();
  if (call?.urn === undefined) return;
  request.addHeader("x-test-resource", nameOf(call));
  if (!guarded) return;
  request.reset = true;
  lines.set(call, `${nameOf(call)} ${request.method} ${request.path}`);
});

const connect = net.connect;
net.connect = function (options, ...rest) {
  const line = guarded && Number(options.port) === guarded ? lines.get(currentCall() ?? {}) : undefined;
  if (line === undefined) return connect.call(this, options, ...rest);
  const socket = new net.Socket(options);
  connect({ host: "127.0.0.1", port: gatekeeper }, function () {
    this.write(`${line}\n`);
  }).once("data", function (answer) {
    this.destroy();
    socket.connect(String(answer) === "refuse" ? { ...options, port: closedPort } : options);
  });
  return socket;
};

function nameOf({ urn }) {
  return urn.split("::").at(-1);
}
