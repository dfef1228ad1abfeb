/** Pulumi's protocol, from the SDK's own copies of its stubs and libraries. */
import type * as Grpc from "@grpc/grpc-js";
import type * as PluginMessages from "@pulumi/pulumi/proto/plugin_pb";
import type * as ProviderService from "@pulumi/pulumi/proto/provider_grpc_pb";
import type * as ProviderMessages from "@pulumi/pulumi/proto/provider_pb";
import type * as StatusMessages from "@pulumi/pulumi/proto/status_pb";
import type * as AnyMessage from "google-protobuf/google/protobuf/any_pb";
import type * as EmptyMessage from "google-protobuf/google/protobuf/empty_pb";
import type * as StructMessage from "google-protobuf/google/protobuf/struct_pb";
import { fromSdk } from "../host/sdk-modules";

export const grpc = fromSdk("@grpc/grpc-js") as typeof Grpc;
export const service = (fromSdk("@pulumi/pulumi/proto/provider_grpc_pb") as typeof ProviderService)
  .ResourceProviderService;
export const messages = fromSdk("@pulumi/pulumi/proto/provider_pb") as typeof ProviderMessages;
export const { PluginInfo } = fromSdk("@pulumi/pulumi/proto/plugin_pb") as typeof PluginMessages;
export const { Status } = fromSdk("@pulumi/pulumi/proto/status_pb") as typeof StatusMessages;
export const { Any } = fromSdk("google-protobuf/google/protobuf/any_pb.js") as typeof AnyMessage;
export const { Empty } = fromSdk("google-protobuf/google/protobuf/empty_pb.js") as typeof EmptyMessage;
export const { Struct } = fromSdk("google-protobuf/google/protobuf/struct_pb.js") as typeof StructMessage;

export type { JavaScriptValue, Struct as WireStruct } from "google-protobuf/google/protobuf/struct_pb";
export type {
  CheckRequest,
  CheckResponse,
  ConfigureRequest,
  ConfigureResponse,
  CreateRequest,
  CreateResponse,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  GetSchemaResponse,
  InvokeRequest,
  InvokeResponse,
  ProviderHandshakeResponse,
  ReadRequest,
  ReadResponse,
  UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
