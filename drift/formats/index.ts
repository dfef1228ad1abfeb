/** All formats by name. */
import type { Format } from "./format";
import { githubFormat } from "./github";
import { jsonFormat } from "./json";
import { junitFormat } from "./junit";
import { markdownFormat } from "./markdown";
import { sarifFormat } from "./sarif";
import { textFormat } from "./text";

export type { Setting } from "./format";

export type FormatName = "text" | "json" | "markdown" | "junit" | "sarif" | "github";

export const formats: Record<FormatName, Format> = {
  text: textFormat,
  json: jsonFormat,
  markdown: markdownFormat,
  junit: junitFormat,
  sarif: sarifFormat,
  github: githubFormat,
};

export const formatNames = Object.keys(formats) as FormatName[];
