/** What the benchmark writes: figures, and no word of the requests and the state that they are taken from. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { currentLoad, describeMachine } from "../../bench/machine";
import type { Measurement } from "../../bench/measurement";
import { report } from "../../bench/report/report";
import { countByRoute, waitFigures } from "../../bench/requests";
import { stateFigures } from "../../bench/state";
import type { Engine } from "../../engine/engine";
import { startSimulator } from "../../simulator";
import { resultsOf } from "./results";
import { findLeaks } from "../support/leaks";

const planted = { deepinfraApiKey: "planted-deepinfra-key/1", hfToken: "planted-hf-token+2", passphrase: "planted 3" };
const folder = mkdtempSync(join(tmpdir(), "bench-secrets-"));
afterAll(() => rmSync(folder, { recursive: true }));

function stateFile(): string {
  const inputs = { __provider: planted.deepinfraApiKey, deepinfra: { hf: { token: planted.hfToken } } };
  const resource = { urn: planted.hfToken, type: "pulumi-nodejs:dynamic/inference:ModelDeployment", inputs };
  const file = join(folder, "bench.json");
  writeFileSync(file, JSON.stringify({ checkpoint: { latest: { resources: [resource] } } }));
  return file;
}

test("holds no secret that was in what it measures", async () => {
  process.env["PULUMI_CONFIG_PASSPHRASE"] = planted.passphrase;
  const simulator = await startSimulator({ readyAfterMs: 0, credentials: planted });
  const headers = { authorization: `Bearer ${planted.deepinfraApiKey}`, "content-type": "application/json" };
  const body = JSON.stringify({ model_name: "m", gpu: "H100-80GB", hf: { repo: "a/b", token: planted.hfToken } });
  await fetch(`${simulator.url}/deploy/llm`, { method: "POST", headers, body });
  for (const path of ["/deploy/list", `/deploy/${encodeURIComponent(planted.deepinfraApiKey)}`, "/other?key=x"]) {
    await fetch(simulator.url + path, { headers });
  }
  await fetch(`${simulator.url}/other/${encodeURIComponent(planted.deepinfraApiKey)}`, { headers });
  const requests = simulator
    .requests()
    .map(({ method, path, atMs }) => ({ method, path, arrivedMs: atMs, answeredMs: atMs }));
  const deployments = simulator.deployments("deepinfra");
  await simulator.close();

  const engine: Engine = { bin: folder, version: "3.230.0", origin: "project" };
  const measurement: Measurement = {
    ...{ program: "dynamic", command: "up", count: 1, readyAfterSeconds: 0, wallSeconds: 1 },
    requests: countByRoute(requests),
    wait: waitFigures(requests, deployments, 0, Date.now()),
    state: stateFigures(stateFile()),
  };
  const machine = describeMachine(engine, currentLoad());
  const results = { ...resultsOf([measurement]), machine };
  delete process.env["PULUMI_CONFIG_PASSPHRASE"];

  expect(requests).toHaveLength(5);
  const written = {
    markdown: report(results),
    json: JSON.stringify(results),
  };
  expect(findLeaks(planted, written)).toEqual([]);
  expect(written.json).toContain("POST /deploy/llm");
});
