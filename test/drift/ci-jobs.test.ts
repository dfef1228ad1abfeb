/** The jobs of examples/drift-in-ci: their YAML, and their lines in a shell, night after night. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { driftCommand } from "../../cli/drift/command";
import type { DriftReport } from "../../drift/report";
import { type Job, openJob } from "./fake-commands";
import { clean, failed, mixed, reportOf, resource } from "./reports";

const read = (name: string): string => readFileSync(join(__dirname, "../../examples/drift-in-ci", name), "utf8");

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, string | number | boolean>;
}

interface GitHubWorkflow {
  on: { schedule: { cron: string }[] };
  concurrency: { group: string; "cancel-in-progress": boolean };
  permissions: Record<string, string>;
  jobs: { drift: { env: Record<string, string>; steps: Step[] } };
}

interface GitLabJob {
  resource_group: string;
  rules: { if: string }[];
  variables: Record<string, string>;
  cache: { paths: string[] };
  artifacts: { reports: { junit: string } };
  script: string[];
}

const github = parse(read("github-actions.yml")) as GitHubWorkflow;
const { drift: gitlab } = parse(read("gitlab-ci.yml")) as { drift: GitLabJob };
const fromHere = { PROGRAM: ".", STACK: "production", FAIL_ON: "drifted,unhealthy,unknown" };

/** One night: what the steps that are lines of a shell do; the exit code of the first that fails. */
type Night = (job: Job) => number | null;

const nightOnGitHub: Night = (job) => {
  let code = "";
  for (const { run, name } of github.jobs.drift.steps.filter(({ run }) => run !== undefined && !/npm ci/.test(run))) {
    const environment = {
      ...fromHere,
      GITHUB_OUTPUT: "output",
      GITHUB_STEP_SUMMARY: "summary",
      CODE: code,
      RUN: "run-1",
    };
    const { code: ended, text } = job.run("bash", run ?? "", environment);
    if (name === "Tell" && ended !== 0) throw new Error(text);
    if (ended !== 0) return ended;
    code = /code=(\d)\n$/.exec(job.read("output"))?.[1] ?? "";
  }
  return 0;
};

const nightOnGitLab: Night = (job) => {
  const lines = gitlab.script.filter((line) => !line.startsWith("npm ci")).join("\n");
  const environment = {
    CI_API_V4_URL: "https://gitlab.example/api/v4",
    CI_PROJECT_ID: "5",
    CI_JOB_URL: "run-1",
    DRIFT_TOKEN: "project-token",
  };
  return job.run("sh", lines, { ...fromHere, ...environment }).code;
};

const worse = reportOf([...mixed.resources, resource("fresh", "drifted")]);

describe.each<[string, Night]>([
  ["GitHub", nightOnGitHub],
  ["GitLab", nightOnGitLab],
])("on %s", (platform, night) => {
  let job: Job;
  beforeEach(() => {
    job = openJob();
  });
  afterEach(() => job.close());

  const nightWith = (report: DriftReport | undefined, code: number): number | null => {
    job.find(report, code);
    return night(job);
  };
  const own = () => job.issues().filter(({ number }) => number !== 3);

  it("is silent about a stack that is clean", () => {
    expect(nightWith(clean, 0)).toBe(0);
    expect(own()).toEqual([]);
    expect(JSON.parse(job.read("last/report.json"))).toEqual(clean);
  });

  it("opens one issue, edits it, comments only on what is new, closes it, and opens it again", () => {
    expect(nightWith(mixed, 2)).toBe(2);
    expect(own()).toMatchObject([{ open: true, comments: [], body: expect.stringContaining("2 drifted") as string }]);

    expect(nightWith({ ...mixed, endedAt: "2026-11-22T03:00:00Z" }, 0)).toBe(0);
    expect(own()).toMatchObject([{ open: true, comments: [], body: expect.stringContaining("2026-11-22") as string }]);

    expect(nightWith(worse, 2)).toBe(2);
    expect(own()).toMatchObject([
      { open: true, comments: ["Something is new: run-1"], body: expect.stringContaining("3 drifted") as string },
    ]);

    expect(nightWith(clean, 0)).toBe(0);
    expect(own()).toMatchObject([{ open: false, body: expect.stringContaining("1 clean") as string }]);
    const [closed] = own();

    expect(nightWith(clean, 0)).toBe(0);
    expect(own()).toEqual([closed]);

    expect(nightWith(mixed, 2)).toBe(2);
    expect(own()).toMatchObject([{ open: true, comments: closed?.comments }]);
    expect(job.issues().find(({ number }) => number === 3)).toMatchObject({ body: "of somebody else", comments: [] });
  });

  it("leaves the issue and the last report alone when the detection did not come to its end", () => {
    nightWith(mixed, 2);
    const before = own();

    expect(nightWith(failed, 1)).toBe(1);
    expect(own()).toEqual(before);
    expect(JSON.parse(job.read("last/report.json"))).toEqual(mixed);
  });

  it("fails without a report", () => {
    expect(nightWith(undefined, 1)).toBe(1);
    expect(own()).toEqual([]);
  });

  it("calls the command as it is, with files that the rest of the job takes", () => {
    nightWith(mixed, 2);
    const known = driftCommand().options.map(({ long }) => long as string);
    const given = job.called().filter((word) => word.startsWith("--"));

    expect(known).toEqual(expect.arrayContaining(given));
    expect(given).not.toContain("--repair");
    expect(job.called().join(" ")).toContain("--since last/report.json");
    expect(job.read("report/report.md")).toContain("2 drifted");
    if (platform === "GitHub") expect(job.read("summary")).toContain("2 drifted");
  });
});

it("runs each night, one at a time, with no more rights than it needs", () => {
  expect(github.on.schedule[0]?.cron).toMatch(/^\d+ \d+ \* \* \*$/);
  expect(github.concurrency).toEqual({ group: "drift", "cancel-in-progress": false });
  expect(github.permissions).toEqual({ contents: "read", issues: "write", "security-events": "write" });
  expect(gitlab.rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "schedule"' }]);
  expect(gitlab.resource_group).toBe("drift");
});

it("keeps the last report, and hands the others to where they are shown", () => {
  const uses = (action: string) => github.jobs.drift.steps.find(({ uses = "" }) => uses.startsWith(`${action}@`))?.with;

  expect(uses("actions/cache/restore")).toMatchObject({ path: "last", "restore-keys": "drift-${{ env.STACK }}-" });
  expect(uses("actions/cache/save")).toEqual({ path: "last", key: uses("actions/cache/restore")?.["key"] });
  expect(uses("github/codeql-action/upload-sarif")).toMatchObject({ sarif_file: "report/report.sarif" });
  expect(gitlab.cache.paths).toEqual(["last"]);
  expect(gitlab.artifacts.reports).toEqual({ junit: "report/junit.xml" });
});

it("puts no expression of GitHub into a line of the shell, where it could be a command", () => {
  for (const { run = "" } of github.jobs.drift.steps) expect(run).not.toContain("${{");
});
