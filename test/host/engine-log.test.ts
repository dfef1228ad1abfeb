/** The engine's log is a courtesy: what goes wrong with it must not cost a deployment. */
import { createEngineLog } from "../../host/engine-log";

jest.mock("node:module", () => ({
  createRequire: () => (name: string) => {
    throw new Error(`Cannot find module '${name}'`);
  },
}));

const [, , ...parameters] = process.argv;
afterEach(() => process.argv.splice(2, Infinity, ...parameters));

it("bears a host whose protocol cannot be loaded", async () => {
  process.argv[2] = "127.0.0.1:40077";
  const log = createEngineLog("urn:pulumi:one");

  log.status("deploying");
  log.warn("slow");

  await expect(log.flush()).resolves.toBeUndefined();
});
