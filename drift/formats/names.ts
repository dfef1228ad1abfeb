/** The formats' names, for those who need no more of them. */

export const formatNames = ["text", "json", "markdown", "junit", "sarif", "github"] as const;

export type FormatName = (typeof formatNames)[number];
