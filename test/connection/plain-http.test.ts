/** No platform's credentials leave this machine in clear text, however the address is spelt. */
import { createServer } from "node:net";
import { createConnections } from "../../provider/connection/connection";
import { ConfigurationError } from "../../provider/errors";
import { check } from "../../provider/lifecycle/check";
import { type ContractCase, contractCases } from "../contract/cases";
import { closeAll, listening } from "../support/http-client";

afterAll(closeAll);

/** What each platform's address is configured by. */
const isAddress = (key: string): boolean => /Url$|Host$|Hostname$/.test(key);

function connectionsTo(address: string) {
  const config = (key: string): string | undefined => {
    if (isAddress(key)) return address;
    return /Key$|Token$|Username$|Password$/.test(key) ? `value-of-${key}` : undefined;
  };
  return createConnections({ config, explicit: false, environment: {} });
}

const elsewhere = [
  ...[
    "http://platform.example",
    "HTTP://PLATFORM.EXAMPLE",
    " http://platform.example ",
    "hTtP://Platform.Example:80/x",
  ],
  ...["http://127.0.0.1.evil.example", "http://localhost.evil.example", "http://127.0.0.1-evil.example"],
  ...["http://evil.example/127.0.0.1", "http://evil.example\\@localhost", "http://evil.example#localhost"],
  ...["http://localhost@evil.example", "http://127.0.0.1:80@evil.example", "http://user:pass-word@localhost:9200"],
  ...["http://0.0.0.0:PORT", "http://0:PORT", "http://[::]:PORT", "http://[::ffff:127.0.0.1]:PORT"],
  ...["http://10.0.0.1", "http://169.254.169.254", "http://128.0.0.1", "http://[::2]", "http://localhost.:PORT"],
];

const here = [
  ...["http://127.0.0.1:9200", "HTTP://LOCALHOST:9200", "http://[::1]:9200", "http://[0:0:0:0:0:0:0:1]:9200"],
  // Spellings of 127.0.0.1, as a browser reads them.
  ...["http://127.1:9200", "http://0x7f.0.0.1:9200", "http://2130706433:9200"],
];

describe.each(contractCases)("$platform.title", ({ platform, kind, inputs }: ContractCase) => {
  test.each(elsewhere)("%s is refused at preview, and before anything is sent", async (spelt) => {
    let connected = 0;
    const port = await listening(createServer(() => (connected += 1)));
    const connections = connectionsTo(spelt.replace("PORT", String(port)));

    const { failures } = check(kind, inputs, connections, true);

    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatch(/https:\/\/|give the address alone/);
    expect(failures[0]).not.toContain("pass-word");
    expect(() => connections.connect(platform)).toThrow(ConfigurationError);
    expect(connected).toBe(0);
  });

  test.each(here)("%s stays on this machine", (spelt) => {
    expect(check(kind, inputs, connectionsTo(spelt), true).failures).toEqual([]);
  });

  test.each(["http:evil.example", "http:/evil.example", "http:\\\\evil.example", "//evil.example", "evil.example"])(
    "%s, which names no scheme as one does, is asked by https or not at all",
    (spelt) => {
      const settings = connectionsTo(spelt).settings(platform);
      let url: string | undefined;
      try {
        url = platform.load().baseUrl(settings);
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigurationError);
      }
      expect(url ?? "https:").toMatch(/^https:/);
    },
  );
});
