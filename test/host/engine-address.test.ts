import { engineAddress } from "../../host/engine-address";

test.each([
  [["127.0.0.1:40077"], { host: "127.0.0.1", port: 40077 }],
  [["--logtostderr", "-v=9", "127.0.0.1:40077"], { host: "127.0.0.1", port: 40077 }],
  [["--tracing", "http://127.0.0.1:9411", "[::1]:40077"], { host: "[::1]", port: 40077 }],
  [["127.0.0.1:40077", "--watched"], { host: "127.0.0.1", port: 40077 }],
  [["--logtostderr"], undefined],
  [[], undefined],
])("the engine's address is found among the arguments %j", (parameters, address) => {
  expect(engineAddress(parameters)).toEqual(address);
});
