/** Answers of a server that is no platform, or one that went mad: where they point, and how long they are. */
import { createServer, type ServerResponse } from "node:http";
import { PlatformError, UnreadableAnswerError } from "../../provider/errors";
import { apiKey, client, closeAll, failure, get, listening, post, retrying, scripted } from "../support/http-client";

afterEach(closeAll);

describe("a redirect", () => {
  const statuses = [300, 301, 302, 303, 307, 308];

  test.each(statuses)("%d is not followed to another host, and is told without what it carries", async (status) => {
    const elsewhere = await scripted();
    const location = `http://user:pass-word@${new URL(elsewhere.url).host}/sign-in?code=one-time#state`;
    const server = await scripted({ status, headers: { location } }, { status, headers: { location } });

    for (const request of [get(), post({ body: { token: "x" } })]) {
      const error = await failure(client(server.url, retrying).request(request));

      expect(error).toMatchObject({ name: "PlatformError", status, kind: "refused" });
      expect(error.message).toBe(
        `Acme: ${request.method} /things answered ${status}; it points to ${elsewhere.url}/sign-in, and credentials are sent to ${server.url} alone: if that is where the platform is, give its address`,
      );
    }
    expect(elsewhere.received).toEqual([]);
    expect(server.received).toHaveLength(2);
  });

  test.each(statuses)("%d is not followed on the same host either", async (status) => {
    const server = await scripted({ status, headers: { location: "/elsewhere?key=1" } });

    const error = await failure(client(server.url, retrying).request(post({ body: {} })));

    expect(error.message).toContain(`it points to ${server.url}/elsewhere, and`);
    expect(server.received).toHaveLength(1);
  });

  test.each([
    ["javascript:alert(1)", "an address of the kind javascript:"],
    ["http://[", "an address that cannot be read"],
    [`/${"x".repeat(5_000)}`, "…"],
  ])("to %j is told in few words", async (location, told) => {
    const server = await scripted({ status: 302, headers: { location } });

    const { message } = await failure(client(server.url).request(get()));

    expect(message).toContain(told);
    expect(message.length).toBeLessThan(500);
  });

  test("that echoes the credential does not make the error show it, nor half of it where it is cut", async () => {
    const edge = "x".repeat(200 - "https://sso.test/".length - 8);
    const locations = [`https://sso.test/${apiKey}/in`, `https://sso.test/${edge}${apiKey}`];
    const server = await scripted(...locations.map((location) => ({ status: 302, headers: { location } })));

    const first = await failure(client(server.url).request(get()));
    const second = await failure(client(server.url).request(get()));

    expect(first.message).toContain("it points to https://sso.test/[secret]/in");
    expect(second.message).not.toContain(apiKey.slice(0, 6));
  });
});

describe("a body that is too long", () => {
  const mebibyte = 1024 * 1024;
  /** What buffers of the network hold beyond the bound, generously. */
  const mostSent = 64 * mebibyte;

  /** Sends until nobody takes it any more. Resolves with the bytes that were taken. */
  async function endless(status: number, head: Record<string, string | number> = {}) {
    let sent = 0;
    const piece = Buffer.alloc(mebibyte, "x");
    const pour = (response: ServerResponse): void => {
      while (!response.destroyed && sent < mostSent) {
        sent += piece.length;
        if (!response.write(piece)) return void response.once("drain", () => pour(response));
      }
    };
    const server = createServer((_request, response) => {
      response.writeHead(status, head);
      pour(response);
    });
    return { url: `http://127.0.0.1:${await listening(server)}`, sent: () => sent };
  }

  test.each([200, 202])("is given up where it passes the bound, and %d may have been a success", async (status) => {
    const server = await endless(status);

    const error = await failure(client(server.url, retrying).request(post({ body: {} })));

    expect(error).toBeInstanceOf(UnreadableAnswerError);
    expect(error.message).toBe("Acme: POST /things answered with more than 16 MiB");
    expect(server.sent()).toBeLessThan(mostSent);
  });

  test.each([302, 401, 422])("leaves of an error %d its status", async (status) => {
    const server = await endless(status);

    const error = await failure(client(server.url).request(get()));

    expect(error).toBeInstanceOf(PlatformError);
    expect(error).toMatchObject({ status, kind: "refused" });
    expect(error.message).toMatch(new RegExp(`answered ${status}: a text of more than 16 MiB`));
    expect(server.sent()).toBeLessThan(mostSent);
  });

  test.each([200, 500])("is not waited for when its length is declared (%d)", async (status) => {
    // Nothing but the head is ever sent.
    const server = createServer((_request, response) => {
      response.writeHead(status, { "content-length": 1024 * 1024 * mebibyte }).flushHeaders();
    });
    const port = await listening(server);

    const { message } = await failure(client(`http://127.0.0.1:${port}`).request(get()));

    expect(message).toContain("more than 16 MiB");
    server.closeAllConnections();
  });

  test("leaves room for one of the bound's own length", async () => {
    const text = `"${"x".repeat(16 * mebibyte - 2)}"`;
    const server = await scripted({ body: text });

    await expect(client(server.url).request(get())).resolves.toHaveLength(16 * mebibyte - 2);
  });
});

test("a head without an end is not read into memory", async () => {
  const server = await scripted({ headers: { "x-long": "x".repeat(100_000) } });

  const error = await failure(client(server.url).request(get()));

  expect(error).toMatchObject({ name: "ConnectionError", sent: true });
  expect(error.message.length).toBeLessThan(300);
});
