/** Pulumi's protocol, from the SDK's own copies of its libraries: stubs of one copy don't fit another's server. */
import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import type * as EngineService from "@pulumi/pulumi/proto/engine_grpc_pb";
import type * as ProviderService from "@pulumi/pulumi/proto/provider_grpc_pb";
import type * as ProviderMessages from "@pulumi/pulumi/proto/provider_pb";
import type * as StatusMessages from "@pulumi/pulumi/proto/status_pb";
import type * as EmptyMessage from "google-protobuf/google/protobuf/empty_pb";
import type * as StructMessage from "google-protobuf/google/protobuf/struct_pb";

const fromSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));

export const grpc = fromSdk("@grpc/grpc-js") as typeof Grpc;
export const engineService = fromSdk("@pulumi/pulumi/proto/engine_grpc_pb") as typeof EngineService;
export const providerService = fromSdk("@pulumi/pulumi/proto/provider_grpc_pb") as typeof ProviderService;
export const messages = fromSdk("@pulumi/pulumi/proto/provider_pb") as typeof ProviderMessages;
const status = fromSdk("@pulumi/pulumi/proto/status_pb") as typeof StatusMessages;
export const { Empty } = fromSdk("google-protobuf/google/protobuf/empty_pb.js") as typeof EmptyMessage;
const { Struct } = fromSdk("google-protobuf/google/protobuf/struct_pb.js") as typeof StructMessage;

/** Marks the object that stands for a secret. */
const secretKey = "4dabf18193072939515e22adb298388d";

export type Properties = Record<string, unknown>;
export type WireProperties = InstanceType<typeof Struct>;

/** As the engine sends them: what is undefined is absent, and secrets are plain, since the host asks for that. */
export function toWire(properties: Properties): WireProperties {
  const sent = JSON.parse(JSON.stringify(properties), (_key, value: unknown) => plainOf(value)) as unknown;
  return Struct.fromJavaScript(sent as Record<string, StructMessage.JavaScriptValue>);
}

function plainOf(value: unknown): unknown {
  const isSecret = typeof value === "object" && value !== null && secretKey in value;
  return isSecret ? (value as { value?: unknown }).value : value;
}

export function fromWire(properties: WireProperties | undefined): Properties {
  return properties?.toJavaScript() ?? {};
}

/** A deployment that exists and isn't ready: the engine keeps it, with these reasons. */
export interface InitializationFailure {
  id: string;
  properties: Properties;
  reasons: string[];
}

/** What a provider answers when a call fails. */
export class CallError extends Error {
  override readonly name = "CallError";

  constructor(
    message: string,
    readonly code: number,
    readonly initialization: InitializationFailure | undefined,
  ) {
    super(message);
  }
}

/** Protobuf of an error with details travels in this header. */
const detailsHeader = "grpc-status-details-bin";

export function toCallError(error: Grpc.ServiceError): CallError {
  const [encoded] = error.metadata?.get(detailsHeader) ?? [];
  return new CallError(error.details, error.code, encoded === undefined ? undefined : readFailure(encoded as Buffer));
}

function readFailure(encoded: Buffer): InitializationFailure | undefined {
  const [detail] = status.Status.deserializeBinary(new Uint8Array(encoded)).getDetailsList();
  if (detail === undefined || !detail.getTypeUrl().endsWith("/pulumirpc.ErrorResourceInitFailed")) return undefined;
  const failure = messages.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
  return { id: failure.getId(), properties: fromWire(failure.getProperties()), reasons: failure.getReasonsList() };
}
