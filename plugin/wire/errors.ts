/** Errors as the engine takes them. */
import type { Metadata } from "@grpc/grpc-js";
import type { InitializationError } from "../../provider/errors";
import { Any, grpc, messages, Status } from "../protocol";
import type { WireStruct } from "../protocol";

/** A failure with which the resource is kept in state. */
export class KeptError extends Error {
  override readonly name = "KeptError";

  readonly id: string;
  readonly reasons: string[];

  constructor(
    { message, id, reasons }: InitializationError,
    readonly properties: WireStruct,
  ) {
    super(message);
    this.id = id;
    this.reasons = reasons;
  }
}

interface WireError {
  code: number;
  details: string;
  metadata?: Metadata;
}

export function toWireError(error: unknown): WireError {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof KeptError) return { ...failure(message), metadata: keptDetails(error) };
  return failure(isExpected(error) ? message : ((error as Error | undefined)?.stack ?? message));
}

function failure(details: string): WireError {
  return { code: grpc.status.UNKNOWN, details };
}

/** The hosts take the stack away from what is said to users; with one, it is a bug, and the stack is needed. */
function isExpected(error: unknown): boolean {
  return !(error instanceof Error) || error.stack === "" || error.stack === undefined;
}

/** The engine reads them from this header. */
function keptDetails({ message, id, properties, reasons }: KeptError): Metadata {
  const kept = new messages.ErrorResourceInitFailed();
  kept.setId(id);
  kept.setProperties(properties);
  kept.setReasonsList(reasons);
  const detail = new Any();
  detail.pack(kept.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(detail);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return metadata;
}
