/** All formats by name. */
import type { Format } from "./format";
import { githubFormat } from "./github";
import { jsonFormat } from "./json";
import { junitFormat } from "./junit";
import { markdownFormat } from "./markdown";
import type { FormatName } from "./names";
import { sarifFormat } from "./sarif";
import { textFormat } from "./text";

export type { Setting } from "./format";

export const formats: Record<FormatName, Format> = {
  text: textFormat,
  json: jsonFormat,
  markdown: markdownFormat,
  junit: junitFormat,
  sarif: sarifFormat,
  github: githubFormat,
};
