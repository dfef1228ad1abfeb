/** What an operation did, from the engine's own event log. */
import { readFileSync } from "node:fs";

export interface Step {
  /** `create`, `update`, `same`, `replace`, `create-replacement`, `delete-replaced`, `delete`, `refresh`, … */
  operation: string;
  urn: string;
  type: string;
  name: string;
  failed: boolean;
  /** The engine's view before and after, with secrets masked. */
  old: Record<string, unknown> | undefined;
  new: Record<string, unknown> | undefined;
}

export interface Diagnostic {
  severity: string;
  message: string;
  /** The resource's; absent for a line about the stack. */
  urn?: string;
}

export interface OperationEvents {
  /** Counted by operation, the stack itself included: `{ create: 2, same: 1 }`. Empty when the engine was cut short. */
  changes: Record<string, number>;
  /** One for each resource, in the order in which they ended; the stack and the default provider left out. */
  steps: Step[];
  /** Debug lines left out; progress lines of resources are among them. */
  diagnostics: Diagnostic[];
}

export function readEvents(file: string): OperationEvents {
  const events = readLines(file).flatMap(parse);
  return {
    changes: events.map((event) => event.summaryEvent?.resourceChanges).find((changes) => changes !== undefined) ?? {},
    steps: events.flatMap(toSteps),
    diagnostics: events.flatMap(toDiagnostics),
  };
}

interface StepMetadata {
  metadata: {
    op: string;
    urn: string;
    type: string;
    old?: Record<string, unknown> | null;
    new?: Record<string, unknown> | null;
  };
}

interface EngineEvent {
  summaryEvent?: { resourceChanges?: Record<string, number> };
  diagnosticEvent?: { severity: string; message: string; urn?: string };
  resOutputsEvent?: StepMetadata;
  resOpFailedEvent?: StepMetadata;
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return []; // The operation ended before it did anything.
  }
}

/** The last line of an engine that was killed may be cut. */
function parse(line: string): EngineEvent[] {
  try {
    return [JSON.parse(line) as EngineEvent];
  } catch {
    return [];
  }
}

function toSteps({ resOutputsEvent, resOpFailedEvent }: EngineEvent): Step[] {
  const metadata = (resOutputsEvent ?? resOpFailedEvent)?.metadata;
  if (metadata === undefined || metadata.type.startsWith("pulumi:")) return [];
  const { op, urn, type } = metadata;
  const name = urn.split("::").at(-1) ?? "";
  const failed = resOpFailedEvent !== undefined;
  return [{ operation: op, urn, type, name, failed, old: metadata.old ?? undefined, new: metadata.new ?? undefined }];
}

function toDiagnostics({ diagnosticEvent }: EngineEvent): Diagnostic[] {
  if (diagnosticEvent === undefined || diagnosticEvent.severity === "debug") return [];
  const { severity, message, urn } = diagnosticEvent;
  return [{ severity, message: withoutColorTags(message), ...(urn === undefined ? {} : { urn }) }];
}

/** Messages carry the engine's colour tags: `<{%reset%}>`. */
function withoutColorTags(message: string): string {
  return message.replace(/<\{%.*?%\}>/g, "");
}
