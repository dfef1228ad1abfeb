/** A simulator that goes on where an earlier one ended, as a platform does between two runs of a command. */
import { startSimulator } from "../../simulator";

const body = { model_name: "support-llama", gpu: "H100-80GB", hf: { repo: "acme/support-llama-8b" } };

it("goes on with the deployments of an earlier run, and forgets them at a reset", async () => {
  const first = await startSimulator({ readyAfterMs: 0 });
  const headers = { authorization: `Bearer ${first.credentials.deepinfraApiKey}`, "content-type": "application/json" };
  await fetch(`${first.url}/deploy/llm`, { method: "POST", headers, body: JSON.stringify(body) });
  const saved = JSON.parse(JSON.stringify(first.save())) as ReturnType<typeof first.save>;
  await first.close();

  const second = await startSimulator({ saved });
  expect(second.deployments()).toEqual(first.deployments());
  expect(second.deployments("deepinfra")).toMatchObject([{ status: "running" }]);
  second.reset();
  expect(second.deployments()).toEqual([]);
  await second.close();
});
