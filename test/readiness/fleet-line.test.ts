import { createFleetLine } from "../../provider/readiness/fleet-line";
import { createFakeClock } from "../support/fake-clock";

test("the line tells how many are ready, how many failed, and which has not moved for the longest", () => {
  const clock = createFakeClock();
  const lines: string[] = [];
  const line = createFleetLine(4, clock, (text) => lines.push(text));

  line.saw("llama-eu", "downloading");
  clock.advance(10_000);
  line.saw("mistral", "initializing");
  line.saw("qwen", "initializing");
  line.ended("mistral", true);
  clock.advance(20_000);
  line.ended("qwen", false);
  clock.advance(90_000);
  line.saw("llama-eu", "deploying");
  line.ended("llama-eu", true);
  line.stop();
  clock.advance(600_000);

  expect(lines).toEqual([
    "0/4 ready · slowest: llama-eu downloading 0s",
    "1/4 ready · slowest: llama-eu downloading 10s",
    "1/4 ready · 1 failed · slowest: llama-eu downloading 30s",
    // Nothing was new for a minute.
    "1/4 ready · 1 failed · slowest: llama-eu downloading 2m",
    "1/4 ready · 1 failed · slowest: llama-eu deploying 0s",
    "2/4 ready · 1 failed",
  ]);
});
