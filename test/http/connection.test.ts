import { readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createSocketServer } from "node:net";
import { join } from "node:path";
import { ConfigurationError, ConnectionError, mayHaveBeenAccepted } from "../../provider/errors";
import { client, closeAll, failure, get, listening, post, retrying, scripted } from "../support/http-client";

afterEach(closeAll);

describe("connections that fail", () => {
  test("a refused one was not sent, and a POST is tried again", async () => {
    const server = await scripted({ body: { id: "d1" } });
    const { url } = server;
    await server.close();

    const error = await failure(client(url, retrying).request(post({ body: {} })));

    expect(error).toMatchObject({ name: "ConnectionError", sent: false });
    expect(error.message).toMatch(/^Acme: POST http:\/\/127\.0\.0\.1:\d+\/things: could not connect \(ECONNREFUSED/);
    expect(mayHaveBeenAccepted(error)).toBe(false);
  });

  test("a name that does not resolve was not sent", async () => {
    const error = await failure(client("https://does-not-exist.invalid").request(post()));

    expect(error).toMatchObject({ name: "ConnectionError", sent: false });
  });

  test("one that is dropped before an answer may have been carried out, and a POST is left at one", async () => {
    const server = await scripted({ drop: "before-answer" });

    const error = await failure(client(server.url, retrying).request(post({ body: {} })));

    expect(error).toMatchObject({ name: "ConnectionError", sent: true });
    expect(error.message).toContain("no answer arrived");
    expect(server.received).toHaveLength(1);
    expect(mayHaveBeenAccepted(error)).toBe(true);
  });

  test("one that is dropped before an answer is tried again for a GET", async () => {
    const server = await scripted({ drop: "before-answer" }, { body: { here: true } });

    await expect(client(server.url, retrying).request(get())).resolves.toEqual({ here: true });
  });

  test("one that is reset may have been carried out", async () => {
    const server = createSocketServer((socket) => {
      socket.on("error", () => undefined);
      socket.on("data", () => socket.resetAndDestroy());
    });
    const port = await listening(server);

    const error = await failure(client(`http://127.0.0.1:${port}`).request(post({ body: {} })));

    expect(error).toMatchObject({ name: "ConnectionError", sent: true });
  });

  test("an answer that breaks off may be a success, and is never read as one", async () => {
    const server = await scripted({ body: { id: "d1" }, drop: "in-answer" });

    const error = await failure(client(server.url).request(post({ body: {} })));

    expect(error).toMatchObject({ name: "ConnectionError", sent: true });
    expect(error.message).toContain("the answer broke off");
  });

  test("an answer that is no HTTP may have followed a success", async () => {
    const port = await listening(
      createSocketServer((socket) => void socket.on("data", () => socket.end("hello\r\n\r\n"))),
    );

    const error = await failure(client(`http://127.0.0.1:${port}`).request(post({ body: {} })));

    expect(error).toMatchObject({ name: "ConnectionError", sent: true });
  });

  test("a certificate that nobody trusts ends it at once, and says what to set", async () => {
    const pem = (name: string): string => readFileSync(join(__dirname, "fixtures", `self-signed.${name}.pem`), "utf8");
    const port = await listening(createHttpsServer({ key: pem("key"), cert: pem("cert") }));

    const error = await failure(client(`https://127.0.0.1:${port}`, retrying).request(get()));

    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toContain("NODE_EXTRA_CA_CERTS");
    expect(error.message).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
  });

  test("a server that speaks plain http is told from one that is down", async () => {
    const { url } = await scripted();

    const error = await failure(client(url.replace("http:", "https:"), retrying).request(get()));

    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toContain("does not speak https");
  });
});

describe("proxies", () => {
  const variables = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];
  const before = Object.fromEntries(variables.map((name) => [name, process.env[name]]));

  beforeEach(() => variables.forEach((name) => delete process.env[name]));
  afterEach(() => {
    for (const name of variables) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });

  /** Takes note of the hosts that it is asked to connect to, and refuses. */
  async function startProxy(): Promise<{ url: string; asked: string[] }> {
    const asked: string[] = [];
    const server = createHttpServer((request, response) => {
      asked.push(request.url ?? "");
      response.writeHead(502).end();
    });
    server.on("connect", (request, socket) => {
      asked.push(request.url ?? "");
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    return { url: `http://127.0.0.1:${await listening(server)}`, asked };
  }

  test.each(["HTTPS_PROXY", "https_proxy"])("are taken from %s", async (variable) => {
    const proxy = await startProxy();
    process.env[variable] = proxy.url;

    const error = await failure(client("https://api.acme.invalid").request(get()));

    expect(error).toBeInstanceOf(ConnectionError);
    expect(proxy.asked).toEqual(["api.acme.invalid:443"]);
  });

  test("are left out for hosts that the environment names", async () => {
    const proxy = await startProxy();
    process.env["HTTPS_PROXY"] = proxy.url;
    process.env["NO_PROXY"] = "acme.invalid";

    await failure(client("https://acme.invalid").request(get()));

    expect(proxy.asked).toEqual([]);
  });

  test("never see what stays on this machine", async () => {
    const proxy = await startProxy();
    process.env["HTTP_PROXY"] = proxy.url;
    process.env["HTTPS_PROXY"] = proxy.url;
    const server = await scripted({ body: {} }, { body: {} });

    await client(server.url).request(get());
    await client(server.url.replace("127.0.0.1", "localhost")).request(get());

    expect(proxy.asked).toEqual([]);
    expect(server.received).toHaveLength(2);
  });
});
