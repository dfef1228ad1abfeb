/** The calls of a resource provider, from plain objects to plain objects. */
import type { ServiceError } from "@grpc/grpc-js";
import { Empty, fromWire, messages, type Properties, toCallError, toWire } from "./protocol";

/** Rejections are of `CallError`. */
export interface ProviderCalls {
  /** Done once at the start; the engine does it again when a state holds two texts of `__provider`. */
  configure(config: Record<string, string>): Promise<void>;
  check(olds: Properties, news: Properties, options?: CallOptions): Promise<CheckAnswer>;
  diff(id: string, olds: Properties, news: Properties, options?: CallOptions): Promise<DiffAnswer>;
  create(inputs: Properties, options?: CallOptions): Promise<{ id: string; properties: Properties }>;
  read(id: string, properties: Properties, options?: CallOptions): Promise<ReadAnswer>;
  update(id: string, olds: Properties, news: Properties, options?: CallOptions): Promise<Properties>;
  delete(id: string, properties: Properties, options?: CallOptions): Promise<void>;
  /** Of the plugin alone: one of its functions, by its whole token. */
  invoke(token: string, inputs: Properties): Promise<InvokeAnswer>;
  /** What one Ctrl-C makes the engine call. */
  cancel(): Promise<void>;
}

export interface CallOptions {
  urn?: string;
  /** From `customTimeouts`; of create, update and delete. */
  timeoutSeconds?: number;
}

export interface InvokeAnswer {
  output: Properties;
  failures: { property: string; reason: string }[];
}

export interface CheckAnswer {
  inputs: Properties;
  failures: { property: string; reason: string }[];
}

export interface DiffAnswer {
  changes: "unknown" | "none" | "some" | undefined;
  replaces: string[];
  deleteBeforeReplace: boolean;
}

export interface ReadAnswer {
  /** Empty when it is gone. */
  id: string;
  properties: Properties;
  /** Absent when the provider leaves the stored ones as they are. */
  inputs: Properties | undefined;
}

/** The generated client, by the names of its methods. */
export type Client = Record<
  string,
  (request: unknown, callback: (error: ServiceError | null, answer: unknown) => void) => void
>;

const defaultUrn = "urn:pulumi:test::test::pulumi-nodejs:dynamic/inference:ModelDeployment::model";

/** What the engine says to one host otherwise than to the other. */
export interface Dialect {
  /** Stands in all properties. */
  hidden: Properties;
  config(config: Record<string, string>): Record<string, string>;
  urn(urn: string): string;
}

export function dynamicDialect(providerText: string): Dialect {
  return { hidden: { __provider: providerText }, config: (config) => config, urn: (urn) => urn };
}

/** The engine takes the namespace from the keys, and calls by the plugin's own types. */
export const nativeDialect: Dialect = {
  hidden: {},
  config: (config) =>
    Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace(/^inference:/, ""), value])),
  urn: (urn) => urn.replace("pulumi-nodejs:dynamic/inference:", "inference:index:"),
};

export function providerCalls(client: Client, dialect: Dialect): ProviderCalls {
  const wire = (properties: Properties) => toWire({ ...properties, ...dialect.hidden });
  const identified = <Request extends { setUrn(urn: string): Request }>(request: Request, options?: CallOptions) =>
    request.setUrn(dialect.urn(options?.urn ?? defaultUrn));
  const timed = <Request extends { setUrn(urn: string): Request; setTimeout(seconds: number): Request }>(
    request: Request,
    options?: CallOptions,
  ) => identified(request, options).setTimeout(options?.timeoutSeconds ?? 0);

  return {
    configure: async (config) => {
      const request = new messages.ConfigureRequest().setArgs(toWire(dialect.config(config)));
      await call(client, "configure", request.setAcceptsecrets(true).setAcceptresources(true));
    },
    check: async (olds, news, options) =>
      toCheckAnswer(
        await call(
          client,
          "check",
          identified(new messages.CheckRequest(), options).setOlds(wire(olds)).setNews(wire(news)),
        ),
      ),
    diff: async (id, olds, news, options) => {
      const request = identified(new messages.DiffRequest(), options).setId(id);
      return toDiffAnswer(await call(client, "diff", request.setOlds(wire(olds)).setNews(wire(news))));
    },
    create: async (inputs, options) => {
      const request = timed(new messages.CreateRequest(), options).setProperties(wire(inputs));
      const answer = await call<InstanceType<typeof messages.CreateResponse>>(client, "create", request);
      return { id: answer.getId(), properties: fromWire(answer.getProperties()) };
    },
    read: async (id, properties, options) => {
      const request = identified(new messages.ReadRequest(), options).setId(id);
      return toReadAnswer(await call(client, "read", request.setProperties(wire(properties))));
    },
    update: async (id, olds, news, options) => {
      const request = timed(new messages.UpdateRequest(), options).setId(id).setOlds(wire(olds)).setNews(wire(news));
      const answer = await call<InstanceType<typeof messages.UpdateResponse>>(client, "update", request);
      return fromWire(answer.getProperties());
    },
    delete: async (id, properties, options) => {
      const request = timed(new messages.DeleteRequest(), options).setId(id).setProperties(wire(properties));
      await call(client, "delete", request);
    },
    invoke: async (token, inputs) => {
      const request = new messages.InvokeRequest().setTok(token).setArgs(toWire(inputs));
      const answer = await call<InstanceType<typeof messages.InvokeResponse>>(client, "invoke", request);
      const failures = answer.getFailuresList().map((failure) => failure.toObject());
      return { output: fromWire(answer.getReturn()), failures };
    },
    cancel: async () => {
      await call(client, "cancel", new Empty());
    },
  };
}

function call<Answer>(client: Client, method: string, request: unknown): Promise<Answer> {
  return new Promise((resolve, reject) =>
    client[method]?.(request, (error, answer) => {
      if (error === null) resolve(answer as Answer);
      else reject(toCallError(error));
    }),
  );
}

function toCheckAnswer(answer: InstanceType<typeof messages.CheckResponse>): CheckAnswer {
  const failures = answer.getFailuresList().map((failure) => failure.toObject());
  return { inputs: fromWire(answer.getInputs()), failures };
}

function toDiffAnswer(answer: InstanceType<typeof messages.DiffResponse>): DiffAnswer {
  return {
    changes: (["unknown", "none", "some"] as const)[answer.getChanges()],
    replaces: answer.getReplacesList(),
    deleteBeforeReplace: answer.getDeletebeforereplace(),
  };
}

function toReadAnswer(answer: InstanceType<typeof messages.ReadResponse>): ReadAnswer {
  const inputs = answer.getInputs();
  const properties = fromWire(answer.getProperties());
  return { id: answer.getId(), properties, inputs: inputs === undefined ? undefined : fromWire(inputs) };
}
