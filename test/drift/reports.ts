/** Reports made by hand, as a detection would make them. */
import type { DriftReport, ResourceDrift, Verdict } from "../../drift/report";

export function resource(name: string, verdict: Verdict, more: Partial<ResourceDrift> = {}): ResourceDrift {
  const type = "pulumi-nodejs:dynamic/inference:ModelDeployment";
  return {
    urn: `urn:pulumi:dev::chat::${type}::${name}`,
    name,
    type,
    platform: "deepinfra",
    id: `deepinfra/${name}-id`,
    verdict,
    differences: [],
    ignored: [],
    ...more,
  };
}

export function reportOf(resources: ResourceDrift[], more: Partial<DriftReport> = {}): DriftReport {
  const count = (verdict: Verdict): number => resources.filter((one) => one.verdict === verdict).length;
  const ignored = resources.reduce((sum, one) => sum + one.ignored.length, 0);
  return {
    version: 1,
    stack: "acme/chat/dev",
    project: "chat",
    startedAt: "2026-11-21T03:00:00.000Z",
    endedAt: "2026-11-21T03:00:12.400Z",
    summary: {
      clean: count("clean"),
      drifted: count("drifted"),
      unhealthy: count("unhealthy"),
      unknown: count("unknown"),
      ignored,
    },
    resources,
    errors: [],
    ...more,
  };
}

/** One of everything. */
export const mixed = reportOf([
  resource("search", "clean", { platform: "opensearch", id: "opensearch/m-1" }),
  resource("llama", "drifted", {
    differences: [
      { path: "deepinfra.settings.maxInstances", class: "scale-bounds", old: 4, new: 8 },
      { path: "deepinfra.extraArgs", class: "configuration", old: ["--seed", "1"] },
      { path: "deepinfra.hf.token", class: "configuration", old: "[secret]", new: "[secret]" },
    ],
    ignored: [{ path: "deepinfra.maxBatchSize", class: "configuration", old: 96, new: 128, by: "ignoreChanges" }],
  }),
  resource("gone", "drifted", { differences: [{ path: "id", class: "existence", old: "gone-id" }] }),
  resource("assistant", "unknown", {
    platform: "kore",
    id: "kore/cm-1",
    reason: "Kore.ai has no API that reads a model's configuration; look into its console",
  }),
  resource("live", "unhealthy", {
    type: "pulumi-nodejs:dynamic/inference:LiveDeployment",
    platform: "foundry",
    id: "foundry/ri.models.main.live-deployment.1",
    differences: [{ path: "status", class: "health", old: "ready", new: "stopped" }],
    reason: "it was disabled on the platform",
  }),
  resource("floats", "clean", {
    differences: [{ path: "details.version", class: "floating-version", old: "1.2", new: "1.3" }],
    ignored: [{ path: "deepinfra.settings", class: "scale-bounds", old: { a: 1 }, new: { a: 2 }, by: "config" }],
  }),
  {
    urn: "urn:pulumi:dev::chat::aws:s3/bucket:Bucket::bucket",
    name: "bucket",
    type: "aws:s3/bucket:Bucket",
    id: "bucket-1",
    verdict: "clean",
    differences: [],
    ignored: [],
  },
]);

export const clean = reportOf([resource("llama", "clean")]);

export const failed = reportOf([resource("llama", "clean")], {
  errors: ["the program could not be run: Cannot find module './missing'", "the engine ended early"],
});

/** What a platform, or somebody who may name things there, could write to break out of a format. */
export const attacks = [
  "</code><script>alert(1)</script>",
  "`` | x ` | y\\| z",
  "]]></failure><x>&amp;&#0;",
  "\u0000\u0007\u001b[2J\u001b]0;title\u0007\u009b31m",
  "line\r\n::error::taken\n##[error]taken ##vso[task.setvariable]x",
  "%0A::stop-commands::x ::set-output name=a::b",
  "@octocat #1 acme/chat#2 https://evil.example www.evil.example :tada: $x$ ~~no~~ **b** _i_",
  "![x](https://evil.example/x.png) [click](1) <!-- --> -->",
  "\u202eevil\u2066 \ud800 \udc00 \ufffe \u2028",
  "\"quoted\", 'single' & <b>",
];

export const hostile = reportOf(
  attacks.map((attack, index) =>
    resource(`h${index} ${attack}`, index % 3 === 0 ? "unknown" : index % 3 === 1 ? "drifted" : "unhealthy", {
      id: attack,
      reason: attack,
      differences: [{ path: attack, class: "configuration", old: attack, new: { [attack]: [attack] } }],
      ignored: [{ path: attack, class: "configuration", old: attack, new: attack, by: "config" }],
    }),
  ),
  { stack: "dev", project: "chat", errors: attacks },
);
