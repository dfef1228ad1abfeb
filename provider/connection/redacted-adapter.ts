/** The border between the platforms and the core: no sentence that crosses it holds a secret. */
import type { Adapter, Listing, Overview, Snapshot } from "../platform";
import type { Redactor } from "../redaction";

/** The same adapter, with secrets masked in what it throws and in the reasons it gives. */
export function redactedAdapter<Inputs>(adapter: Adapter<Inputs>, redactor: Redactor): Adapter<Inputs> {
  async function redacted<Result>(run: () => Promise<Result>): Promise<Result> {
    try {
      return await run();
    } catch (error) {
      throw redactError(error, redactor);
    }
  }

  const { accepted, describe, find, gpuLimits, list, model, offers, overview } = adapter;
  return {
    ...(accepted === undefined ? {} : { accepted }),
    ...(describe === undefined ? {} : { describe: (reference, call) => redacted(() => describe(reference, call)) }),
    ...(find === undefined ? {} : { find: (name, call) => redacted(() => find(name, call)) }),
    ...(gpuLimits === undefined ? {} : { gpuLimits: (call) => redacted(() => gpuLimits(call)) }),
    ...(offers === undefined ? {} : { offers: (call) => redacted(() => offers(call)) }),
    ...(model === undefined ? {} : { model: (modelId, call) => redacted(() => model(modelId, call)) }),
    create: (inputs, call) => redacted(() => adapter.create(inputs, call)),
    observe: (reference, inputs, call) =>
      redacted(async () => redactReason(await adapter.observe(reference, inputs, call), redactor)),
    update: (reference, change, call) => redacted(() => adapter.update(reference, change, call)),
    delete: (reference, call) => redacted(() => adapter.delete(reference, call)),
    ...(list === undefined
      ? {}
      : { list: (models, call) => redacted(async () => redactListings(await list(models, call), redactor)) }),
    ...(overview === undefined
      ? {}
      : {
          overview: {
            ...overview,
            scopeOf: (inputs) => overview.scopeOf(inputs),
            look: (scope, call) => redacted(async () => redactOverview(await overview.look(scope, call), redactor)),
          },
        }),
  };
}

/** In place, since its class and its other members tell the core what to do. */
function redactError(error: unknown, redactor: Redactor): unknown {
  if (!(error instanceof Error)) return typeof error === "string" ? redactor.redact(error) : error;
  const { message, stack } = error;
  error.message = redactor.redact(message);
  if (stack !== undefined) error.stack = redactor.redact(stack);
  return error;
}

function redactReason<Inputs>(snapshot: Snapshot<Inputs>, redactor: Redactor): Snapshot<Inputs> {
  return snapshot.reason === undefined ? snapshot : { ...snapshot, reason: redactor.redact(snapshot.reason) };
}

function redactOverview<Inputs>(overview: Overview<Inputs>, redactor: Redactor): Overview<Inputs> {
  return {
    of(reference, inputs) {
      const snapshot = overview.of(reference, inputs);
      return snapshot && redactReason(snapshot, redactor);
    },
  };
}

/** Names are given by people, who may put anything into them; the id stays what the platform calls it. */
function redactListings(listings: readonly Listing[], redactor: Redactor): Listing[] {
  return listings.map((listing) => ({
    ...listing,
    name: redactor.redact(listing.name),
    platformStatus: redactor.redact(listing.platformStatus),
    ...(listing.hardware === undefined ? {} : { hardware: redactor.redact(listing.hardware) }),
  }));
}
