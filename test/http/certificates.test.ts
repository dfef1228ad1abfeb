/** Whom a credential is handed to: servers whose certificates are verified, whatever the environment says. */
import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { apiKey, closeAll, listening } from "../support/http-client";
import { type Outcome, requestElsewhere } from "../support/requests-elsewhere";

const fixture = (name: string): string => join(__dirname, "fixtures", name);
const identity = (name: "self-signed" | "localhost") => ({
  key: readFileSync(fixture(`${name}.key.pem`)),
  cert: readFileSync(fixture(`${name}.cert.pem`)),
});
const privateCa = { NODE_EXTRA_CA_CERTS: fixture("private-ca.cert.pem") };
/** What people set for some other program. Node says in its own words what it thinks of that. */
const careless = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };

/** The credentials that each server was shown. */
const shown = { selfSigned: [] as string[], vouchedFor: [] as string[] };
/** The hosts that the proxies were asked for. */
const asked = { plain: [] as string[], selfSigned: [] as string[] };
let ports: { selfSigned: number; vouchedFor: number; proxy: number; selfSignedProxy: number };

beforeAll(async () => {
  const platform = (seen: string[]): RequestListener => {
    return (request, response) => {
      seen.push(request.headers.authorization ?? "");
      response.end("{}");
    };
  };
  const selfSigned = await listening(createHttpsServer(identity("self-signed"), platform(shown.selfSigned)));
  const vouchedFor = await listening(createHttpsServer(identity("localhost"), platform(shown.vouchedFor)));
  const towards = (host: string): number => (host.startsWith("self-signed") ? selfSigned : vouchedFor);
  const proxy = await listening(tunnel(createHttpServer(), asked.plain, towards));
  const selfSignedProxy = await listening(
    tunnel(createHttpsServer(identity("self-signed")), asked.selfSigned, towards),
  );
  ports = { selfSigned, vouchedFor, proxy, selfSignedProxy };
});
afterAll(closeAll);

/** Makes a proxy of a server: tunnels whatever host it is asked for to a port of this machine. */
function tunnel(server: Server, hosts: string[], portFor: (host: string) => number): Server {
  return server.on("connect", (request, client: Socket) => {
    hosts.push(request.url ?? "");
    const target = connect(portFor(request.url ?? ""), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      client.pipe(target).pipe(client);
    });
    target.on("error", () => client.destroy());
    client.on("error", () => target.destroy());
  });
}

const answered = { answer: {} };
const refused = (message: RegExp): Outcome => ({
  name: "ConfigurationError",
  message: expect.stringMatching(message) as string,
});
const untrusted = refused(/certificate is not trusted; give the file of its CA in .* NODE_EXTRA_CA_CERTS/);
const otherHost = refused(/certificate is for another host; check the address/);

describe("straight to the platform", () => {
  test("a private CA is accepted when it is given, and then for its host alone", async () => {
    const outcomes = await requestElsewhere(
      [`https://localhost:${ports.vouchedFor}`, `https://127.0.0.1:${ports.vouchedFor}`],
      { ...privateCa, ...careless },
    );

    expect(outcomes).toEqual([answered, otherHost]);
    expect(shown.vouchedFor.splice(0)).toEqual([`Bearer ${apiKey}`]);
  });

  test.each([{}, careless])("a server that nobody vouches for is refused (%j), and is shown nothing", async (more) => {
    const outcomes = await requestElsewhere(
      [`https://127.0.0.1:${ports.selfSigned}`, `https://localhost:${ports.vouchedFor}`],
      more,
    );

    expect(outcomes).toEqual([untrusted, untrusted]);
    expect(shown).toEqual({ selfSigned: [], vouchedFor: [] });
  });
});

describe("through a proxy", () => {
  test("the platform is verified in the same way", async () => {
    const outcomes = await requestElsewhere(
      ["https://platform.test", "https://other.test", "https://self-signed.test"],
      { ...privateCa, ...careless, HTTPS_PROXY: `http://127.0.0.1:${ports.proxy}` },
    );

    expect(outcomes).toEqual([answered, otherHost, untrusted]);
    expect(asked.plain.splice(0).sort()).toEqual(["other.test:443", "platform.test:443", "self-signed.test:443"]);
    expect(shown.vouchedFor.splice(0)).toEqual([`Bearer ${apiKey}`]);
    expect(shown.selfSigned).toEqual([]);
  });

  test("so is the proxy, when it speaks https, before it is told where to and by whom", async () => {
    const outcomes = await requestElsewhere(["https://platform.test"], {
      ...privateCa,
      ...careless,
      HTTPS_PROXY: `https://user:proxy-password@127.0.0.1:${ports.selfSignedProxy}`,
    });

    expect(outcomes).toEqual([untrusted]);
    expect(JSON.stringify(outcomes)).not.toContain("proxy-password");
    expect(asked.selfSigned).toEqual([]);
    expect(shown).toEqual({ selfSigned: [], vouchedFor: [] });
  });
});
