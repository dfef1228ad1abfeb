import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer as createSocketServer, type Server } from "node:net";
import { join } from "node:path";
import {
  CancelledError,
  ConfigurationError,
  ConnectionError,
  isNotFound,
  mayHaveBeenAccepted,
  PlatformError,
  ProviderError,
  UnreadableAnswerError,
} from "../../provider/errors";
import type { HttpClient, HttpClientOptions, HttpRequest } from "../../provider/http/client";
import { createRedactor } from "../../provider/redaction";
import { apiKey, clientOf } from "../support/http-client";
import { type ScriptedAnswer, type ScriptedServer, startScriptedServer } from "../support/scripted-server";

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function scripted(...answers: ScriptedAnswer[]): Promise<ScriptedServer> {
  const server = await startScriptedServer(...answers);
  closing.push(() => server.close());
  return server;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

function client(url: string, more: Partial<HttpClientOptions> = {}): HttpClient {
  const made = clientOf(url, more);
  closing.unshift(() => made.close());
  return made;
}

function get(more: Partial<HttpRequest<unknown>> = {}): HttpRequest<unknown> {
  return { method: "GET", path: "/things", read: (json) => json, signal: new AbortController().signal, ...more };
}

const post = (more: Partial<HttpRequest<unknown>> = {}): HttpRequest<unknown> => get({ method: "POST", ...more });
const retrying = { retry: { retries: 2, firstWaitMs: 1, longestWaitMs: 2, longestRetryAfterMs: 1_000 } };

async function failure(sent: Promise<unknown>): Promise<Error> {
  return sent.then(
    () => Promise.reject(new Error("it did not fail")),
    (error: Error) => error,
  );
}

describe("requests", () => {
  test("carry method, path, query, credentials and the name of the client", async () => {
    const server = await scripted({ body: {} });

    await client(server.url).request(
      get({ path: "/things/a%2Fb", query: { preview: "true", page: undefined, q: "a b&c" } }),
    );

    const [request] = server.received;
    expect({ method: request?.method, url: request?.url }).toEqual({
      method: "GET",
      url: "/things/a%2Fb?preview=true&q=a+b%26c",
    });
    expect(request?.headers).toMatchObject({
      accept: "application/json",
      authorization: `Bearer ${apiKey}`,
      "user-agent": "pulumi-inference/test",
    });
  });

  test("send JSON, without members that are undefined", async () => {
    const server = await scripted({ body: {} });

    await client(server.url).request(post({ body: { name: "ä", size: 0, gpu: undefined, list: [] } }));

    expect(server.received[0]?.headers["content-type"]).toBe("application/json");
    expect(server.received[0]?.body).toEqual({ name: "ä", size: 0, list: [] });
  });

  test("send a form where one is asked for", async () => {
    const server = await scripted({ body: {} });

    await client(server.url).request(post({ form: { grant_type: "client_credentials", client_secret: "a b&c=d" } }));

    expect(server.received[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(server.received[0]?.body).toBe("grant_type=client_credentials&client_secret=a+b%26c%3Dd");
  });

  test.each(["GET", "POST", "PUT", "DELETE"] as const)("%s without a body says nothing of its type", async (method) => {
    const server = await scripted({ body: {} });

    await client(server.url).request(get({ method }));

    expect(server.received[0]?.headers).not.toHaveProperty("content-type");
    expect(server.received[0]?.body).toBeUndefined();
  });

  test("keep the path of the platform's address", async () => {
    const server = await scripted({ body: {} });

    await client(`${server.url}/gateway`).request(get());

    expect(server.received[0]?.url).toBe("/gateway/things");
  });

  test("may bring headers of their own, which win", async () => {
    const server = await scripted({ body: {} });

    await client(server.url).request(get({ headers: { accept: "text/plain", "x-tenant": "t1" } }));

    expect(server.received[0]?.headers).toMatchObject({ accept: "text/plain", "x-tenant": "t1" });
  });

  test("that fetch a token carry no credentials", async () => {
    const server = await scripted({ body: {} });

    await client(server.url).request(post({ authenticate: false, form: { a: "b" } }));

    expect(server.received[0]?.headers).not.toHaveProperty("authorization");
  });

  test("that follow each other share connections", async () => {
    let connections = 0;
    const server = createHttpServer((_request, response) => response.end("{}"));
    server.on("connection", () => (connections += 1));
    const made = client(`http://127.0.0.1:${await listening(server)}`);

    for (let count = 0; count < 5; count++) await made.request(get());

    expect(connections).toBeLessThan(3);
  });
});

describe("answers", () => {
  test("are read as JSON", async () => {
    const server = await scripted({ body: { status: "running", count: 2 } });

    await expect(client(server.url).request(get())).resolves.toEqual({ status: "running", count: 2 });
  });

  test.each([[{ status: 204 }], [{ status: 200 }], [{ status: 202, body: " \n" }]])(
    "without a body (%j) are read as undefined",
    async (answer) => {
      const server = await scripted(answer);
      const read = jest.fn(() => "read");

      await expect(client(server.url).request(get({ read }))).resolves.toBe("read");

      expect(read).toHaveBeenCalledWith(undefined);
    },
  );

  test("that are no JSON are unreadable, and shown in one short line", async () => {
    const server = await scripted({ body: `<html>\n  ${"x".repeat(10_000)}</html>` });

    const error = await failure(client(server.url).request(get()));

    expect(error).toBeInstanceOf(UnreadableAnswerError);
    expect(error.message).toMatch(
      /^Acme: GET \/things answered 200 with a body that cannot be read: it is not JSON in "<html> x+"$/,
    );
    expect(error.message.length).toBeLessThan(400);
  });

  test("that the caller cannot read are unreadable, and say why", async () => {
    const server = await scripted({ body: { id: 7 } });
    const read = (): never => {
      throw new Error("there is no deploy_id");
    };

    const error = await failure(client(server.url).request(post({ read })));

    expect(error).toBeInstanceOf(UnreadableAnswerError);
    expect(error.message).toContain("there is no deploy_id");
    expect(mayHaveBeenAccepted(error)).toBe(true);
  });

  test("that are unreadable are not asked for again", async () => {
    const server = await scripted({ body: "OK" });

    await failure(client(server.url, retrying).request(get()));

    expect(server.received).toHaveLength(1);
  });

  test("that are longer than any answer of a platform are not read into memory, nor asked for again", async () => {
    const listener: RequestListener = (_request, response) => {
      received += 1;
      response.end(Buffer.alloc(17 * 1024 * 1024, "x"));
    };
    let received = 0;
    const port = await listening(createHttpServer(listener));

    const error = await failure(client(`http://127.0.0.1:${port}`, retrying).request(get()));

    expect(error).toBeInstanceOf(UnreadableAnswerError);
    expect(error.message).toBe("Acme: GET /things answered with more than 16 MiB");
    expect(received).toBe(1);
  });

  test("that redirect are not followed, since the credentials are for this host alone", async () => {
    const elsewhere = await scripted({ body: {} });
    const server = await scripted({ status: 302, headers: { location: `${elsewhere.url}/things` } });

    const error = await failure(client(server.url, retrying).request(get()));

    expect(error).toMatchObject({ status: 302, kind: "refused" });
    expect(elsewhere.received).toEqual([]);
  });
});

describe("errors of the platform", () => {
  test("become one sentence: who, what, the platform's text, its code and id, and what to do", async () => {
    const server = await scripted({ status: 400, body: { any: "thing" } });
    const describeError = (): ReturnType<HttpClientOptions["describeError"]> => ({
      text: "the branch does not exist",
      code: "BranchNotFound",
      instanceId: "0000-1111",
      advice: "check `branch`",
    });

    const error = await failure(client(server.url, { describeError }).request(post()));

    expect(error.message).toBe(
      "Acme: POST /things answered 400: the branch does not exist (BranchNotFound, errorInstanceId 0000-1111); check `branch`",
    );
    expect(error).toMatchObject({ status: 400, code: "BranchNotFound", kind: "refused" });
  });

  test("are described by status, body, method and path", async () => {
    const server = await scripted({ status: 404, body: { error: "no such thing" } });
    const describeError = jest.fn(() => ({ text: "" }));

    const error = await failure(client(server.url, { describeError }).request(get()));

    expect(describeError).toHaveBeenCalledWith(404, '{"error":"no such thing"}', "GET", "/things");
    expect(error.message).toBe("Acme: GET /things answered 404");
  });

  test.each([
    [400, "refused"],
    [401, "refused"],
    [403, "refused"],
    [404, "not-found"],
    [408, "transient"],
    [409, "refused"],
    [422, "refused"],
    [429, "transient"],
    [500, "transient"],
    [503, "transient"],
  ] as const)("%d is %s", async (status, kind) => {
    const server = await scripted({ status });

    await expect(client(server.url).request(get())).rejects.toMatchObject({ status, kind });
  });

  test("may be of another kind than their status says", async () => {
    const server = await scripted({ status: 400 });
    const describeError = (): ReturnType<HttpClientOptions["describeError"]> => ({ text: "", kind: "not-found" });

    expect(isNotFound(await failure(client(server.url, { describeError }).request(get())))).toBe(true);
  });

  test("401 says where the key came from, and how a new one gets used", async () => {
    const server = await scripted({ status: 401 });

    const { message } = await failure(client(server.url).request(get()));

    expect(message).toContain("the environment variable ACME_API_KEY");
    expect(message).toContain("pulumi destroy --run-program");
  });

  test("carry how long the platform asks to wait", async () => {
    const server = await scripted({ status: 429, headers: { "retry-after": "600" } });

    const error = await failure(client(server.url, retrying).request(get()));

    expect(error).toMatchObject({ status: 429, retryAfter: "600" });
    expect(server.received).toHaveLength(1);
  });

  test("that pass are retried, with the same request", async () => {
    const server = await scripted({ status: 503 }, { status: 429 }, { body: { done: true } });

    await client(server.url, retrying).request(get({ method: "PUT", body: { min: 1 } }));

    expect(server.received.map(({ method, body }) => ({ method, body }))).toEqual(
      Array.from({ length: 3 }, () => ({ method: "PUT", body: { min: 1 } })),
    );
  });

  test("leave a POST at one", async () => {
    const server = await scripted({ status: 503 });

    const error = await failure(client(server.url, retrying).request(post({ body: {} })));

    expect(server.received).toHaveLength(1);
    expect(mayHaveBeenAccepted(error)).toBe(true);
  });
});

describe("no secret is shown", () => {
  const echo = { status: 400, body: { message: `key ${apiKey} is not allowed, nor ${encodeURIComponent("a/b c")}` } };

  test("that the platform echoes in an error", async () => {
    const server = await scripted(echo);
    const redactor = createRedactor([apiKey, "a/b c"]);

    const { message } = await failure(client(server.url, { redactor }).request(get()));

    expect(message).toContain("key [secret] is not allowed, nor [secret]");
  });

  test("half of which is left where a platform's text is cut", async () => {
    const server = await scripted(echo);
    const describeError = (_status: number, body: string): { text: string } => ({ text: body.slice(0, 26) });

    const { message } = await failure(client(server.url, { describeError }).request(get()));

    expect(message).not.toContain(apiKey.slice(0, 6));
  });

  test("in the code, the id, the advice, or the path", async () => {
    const server = await scripted({ status: 400 });
    const describeError = (): ReturnType<HttpClientOptions["describeError"]> => ({
      text: "",
      code: `code-${apiKey}`,
      instanceId: `id-${apiKey}`,
      advice: `do not send ${apiKey}`,
    });

    const { message } = await failure(
      client(server.url, { describeError }).request(get({ path: `/things/${apiKey}` })),
    );

    expect(message).not.toContain(apiKey);
  });

  test("in an answer that cannot be read, wherever it is cut", async () => {
    const server = await scripted({ body: `${"x".repeat(195)}${apiKey}` });

    const error = await failure(client(server.url).request(get()));

    expect(error.message).not.toContain(apiKey.slice(0, 4));
    expect(JSON.stringify(error.cause ?? "")).not.toContain(apiKey);
  });

  test("in an error of a connection", async () => {
    const error = await failure(client("http://127.0.0.1:1").request(get({ path: `/things/${apiKey}` })));

    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).not.toContain(apiKey);
  });

  test("and a word that may be one is masked in the text, and does not spoil the platform's JSON", async () => {
    const server = await scripted({ status: 404, body: { error: { type: "missing", reason: "no such type" } } });
    const redactor = createRedactor([apiKey]);
    redactor.addPossible("type");
    const describeError = (_status: number, body: string): { text: string; code: string } => {
      const { error } = JSON.parse(body) as { error: { type: string; reason: string } };
      return { text: error.reason, code: error.type };
    };

    const error = await failure(client(server.url, { redactor, describeError }).request(get()));

    expect(error).toMatchObject({ code: "missing", text: "no such [secret]" });
  });
});

describe("credentials that can be refreshed", () => {
  const authorize = (): jest.Mock<Promise<Record<string, string>>, [boolean]> =>
    jest.fn((refresh: boolean) => Promise.resolve({ authorization: refresh ? "Bearer new" : "Bearer old" }));

  test("are refreshed once after 401, also for a POST, which was not carried out", async () => {
    const server = await scripted({ status: 401 }, { body: { id: "d1" } });

    const answer = await client(server.url, { canRefresh: true, authorize: authorize() }).request(post({ body: {} }));

    expect(answer).toEqual({ id: "d1" });
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(["Bearer old", "Bearer new"]);
  });

  test("are not refreshed twice", async () => {
    const server = await scripted({ status: 401 }, { status: 401 });

    const error = await failure(client(server.url, { canRefresh: true, authorize: authorize() }).request(get()));

    expect(error).toMatchObject({ status: 401 });
    expect(server.received).toHaveLength(2);
  });

  test("are not refreshed for 403", async () => {
    const server = await scripted({ status: 403 });
    const made = authorize();

    await failure(client(server.url, { canRefresh: true, authorize: made }).request(get()));

    expect(made.mock.calls).toEqual([[false]]);
  });

  test("do not loop when the request for a token is itself refused", async () => {
    const refused = new PlatformError("invalid_client", 401, "refused", undefined, "", undefined);
    const made = jest.fn((_refresh: boolean) => Promise.reject<Record<string, string>>(refused));

    const error = await failure(client("http://127.0.0.1:1", { canRefresh: true, authorize: made }).request(get()));

    expect(error).toBe(refused);
    expect(made).toHaveBeenCalledTimes(1);
  });

  test("that cannot be fetched leave no doubt whether a POST was sent", async () => {
    const outage = new PlatformError("Acme: POST /token answered 503", 503, "transient", undefined, "", undefined);
    const made = (): Promise<never> => Promise.reject(outage);

    const error = await failure(client("http://127.0.0.1:1", { authorize: made }).request(post()));

    expect(error.message).toBe(outage.message);
    expect(mayHaveBeenAccepted(error)).toBe(false);
  });

  test("that cannot be refreshed are used once", async () => {
    const server = await scripted({ status: 401 });

    await failure(client(server.url, { canRefresh: false }).request(get()));

    expect(server.received).toHaveLength(1);
  });
});

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

describe("a cancel", () => {
  test("before the request leaves nothing sent", async () => {
    const server = await scripted({ body: {} });

    const error = await failure(client(server.url).request(post({ signal: AbortSignal.abort() })));

    expect(error).toBeInstanceOf(CancelledError);
    expect(server.received).toEqual([]);
  });

  test("ends a request that is under way", async () => {
    const abort = new AbortController();
    const port = await listening(createHttpServer(() => abort.abort()));

    const error = await failure(client(`http://127.0.0.1:${port}`, retrying).request(get({ signal: abort.signal })));

    expect(error).toBeInstanceOf(CancelledError);
    expect(error).toBeInstanceOf(ProviderError);
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
