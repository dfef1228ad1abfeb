/** The commands that a CI job calls, each with a memory in a file: an account with issues, and a drift that is given. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { formats } from "../../drift/formats";
import type { FormatName } from "../../drift/formats/names";
import type { DriftReport } from "../../drift/report";

export interface Issue {
  number: number;
  open: boolean;
  body: string;
  comments: string[];
}

export interface Job {
  /** Runs the lines as CI does. */
  run(shell: string, lines: string, environment: Record<string, string>): { code: number | null; text: string };
  /** What the next detection finds; `undefined` when it ends without a report. */
  find(report: DriftReport | undefined, code: number): void;
  issues(): Issue[];
  /** How the command was called last. */
  called(): string[];
  read(name: string): string;
  close(): void;
}

/** Every script finds its memory beside itself. */
const head = `#!${process.execPath}
const { existsSync, mkdirSync, copyFileSync, readFileSync, writeFileSync } = require("fs");
const { dirname, join } = require("path");
const words = process.argv.slice(2);
const memory = join(__dirname, "issues.json");
const issues = JSON.parse(readFileSync(memory, "utf8"));
const save = () => writeFileSync(memory, JSON.stringify(issues));
const after = (name) => words[words.indexOf(name) + 1];
`;

const drift = `${head}
writeFileSync(join(__dirname, "called.json"), JSON.stringify(words));
const { code, found } = JSON.parse(readFileSync(join(__dirname, "found.json"), "utf8"));
for (const word of found ? words : []) {
  const [format, file] = word.split("=");
  if (file === undefined) continue;
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(join(__dirname, "format-" + format), file);
}
process.exit(code);
`;

const gh = `${head}
const [noun, verb, number] = words;
const issue = issues.find((one) => String(one.number) === number);
const bodyOf = () => readFileSync(after("--body-file"), "utf8").replaceAll("\\n", "\\r\\n");
if (noun === "label") process.exit(0);
if (verb === "list") console.log(JSON.stringify(issues.map((one) => ({ ...one, state: one.open ? "OPEN" : "CLOSED" }))));
else if (verb === "create") issues.push({ number: issues.length + 7, open: true, body: bodyOf(), comments: [] });
else if (verb === "edit") issue.body = bodyOf();
else if (verb === "comment") issue.comments.push(after("--body"));
else if (verb === "reopen" && !issue.open) issue.open = true;
else if (verb === "close" && issue.open) (issue.open = false), issue.comments.push(after("--comment"));
else process.exit(1);
save();
`;

const curl = `${head}
if (after("--header") !== "PRIVATE-TOKEN: project-token") process.exit(22);
const url = new URL(words.at(-1));
const data = Object.fromEntries(words.flatMap((word, index) => {
  if (words[index - 1] === "--data") return [word.split(/=(.*)/s).slice(0, 2)];
  if (words[index - 1] !== "--data-urlencode") return [];
  const [, name, sign, text] = /^(\\w+)([=@])(.*)$/s.exec(word);
  return [[name, sign === "@" ? readFileSync(text, "utf8") : text]];
}));
const [, number, notes] = /\\/api\\/v4\\/projects\\/5\\/issues(?:\\/(\\d+)(\\/notes)?)?$/.exec(url.pathname) ?? process.exit(22);
const issue = issues.find((one) => String(one.number) === number);
const method = words.includes("--request") ? after("--request") : "GET";
if (method === "GET") console.log(JSON.stringify(issues.map((one) =>
  ({ iid: one.number, state: one.open ? "opened" : "closed", description: one.body }))));
else if (notes) issue.comments.push(data.body);
else if (method === "POST") issues.push({ number: issues.length + 7, open: true, body: data.description, comments: [] });
else if (issue === undefined) process.exit(22);
else {
  issue.body = data.description ?? issue.body;
  if (data.state_event !== undefined) issue.open = data.state_event === "reopen";
}
save();
`;

export function openJob(): Job {
  const folder = mkdtempSync(join(tmpdir(), "drift-job-"));
  const commands = join(folder, "node_modules", ".bin");
  mkdirSync(commands, { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(join(commands, name), text);
  for (const [name, text] of Object.entries({ gh, curl, "pulumi-inference": drift })) {
    write(name, text);
    chmodSync(join(commands, name), 0o755);
  }
  write("issues.json", JSON.stringify([{ number: 3, open: true, body: "of somebody else", comments: [] }]));
  return {
    run(shell, lines, environment) {
      const env = { PATH: `${commands}:${process.env["PATH"]}`, ...environment };
      const { status, stdout, stderr } = spawnSync(shell, ["-ec", lines], { cwd: folder, env, encoding: "utf8" });
      return { code: status, text: stdout + stderr };
    },
    find(report, code) {
      write("found.json", JSON.stringify({ code, found: report !== undefined }));
      for (const name of ["json", "markdown", "junit", "sarif"] as FormatName[]) {
        if (report !== undefined) write(`format-${name}`, formats[name](report, { projectFile: "x", colours: false }));
      }
    },
    issues: () => JSON.parse(readFileSync(join(commands, "issues.json"), "utf8")) as Issue[],
    called: () => JSON.parse(readFileSync(join(commands, "called.json"), "utf8")) as string[],
    read: (name) => readFileSync(join(folder, name), "utf8"),
    close: () => rmSync(folder, { recursive: true }),
  };
}
