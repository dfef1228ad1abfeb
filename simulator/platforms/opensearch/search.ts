/** `_search` over the documents of models and tasks, for the few kinds of queries that clients send. */
import { type Cluster, shardsRecover } from "./cluster";
import { modelOut, taskOut } from "./documents";
import { errorEnvelope } from "./errors";
import { existingModels } from "./models";
import type { Body } from "./request-body";

interface Hit {
  index: string;
  id: string;
  version: number;
  sequenceNumber: number;
  source: Record<string, unknown>;
}

export function searchModels(cluster: Cluster, body: Body): Response {
  const { restrictedModels } = cluster.world.options();
  const hits = existingModels(cluster)
    .filter(({ id }) => !restrictedModels.includes(id))
    .map((model) => ({
      index: ".plugins-ml-model",
      id: model.id,
      version: model.documentVersion,
      sequenceNumber: model.sequenceNumber,
      source: modelOut(cluster, model),
    }));
  return answer(cluster, hits, body);
}

export function searchTasks(cluster: Cluster, body: Body): Response {
  const hits = [...cluster.tasks.values()].map((task, sequenceNumber) => ({
    index: ".plugins-ml-task",
    id: task.id,
    version: task.documentVersion,
    sequenceNumber,
    source: taskOut(cluster, task),
  }));
  return answer(cluster, hits, body);
}

function answer(cluster: Cluster, all: readonly Hit[], body: Body): Response {
  // As any search of OpenSearch answers; not captured for these indexes.
  if (shardsRecover(cluster)) return allShardsFailed();
  const kind = unknownQuery(body.query);
  if (kind !== undefined) return unknownQueryError(kind);
  const found = all.filter((hit) => matches(hit, body.query));
  const orders = sortOrders(body.sort);
  const sorted = orders.length === 0 ? found : [...found].sort((one, other) => compare(one, other, orders));
  const from = typeof body.from === "number" ? body.from : 0;
  const size = typeof body.size === "number" ? body.size : 10;
  const score = orders.length === 0 ? 1 : null;
  return Response.json({
    took: 0,
    timed_out: false,
    _shards: shardsOf(all.length === 0 ? 0 : 1),
    hits: {
      total: { value: found.length, relation: "eq" },
      max_score: all.length === 0 ? 0 : found.length === 0 ? null : score,
      hits: sorted.slice(from, from + size).map((hit) => hitOut(hit, score, orders, body._source)),
    },
  });
}

function shardsOf(total: number) {
  return { total, successful: total, skipped: 0, failed: 0 };
}

function hitOut(hit: Hit, score: number | null, orders: readonly Order[], wanted: unknown) {
  return {
    _index: hit.index,
    _id: hit.id,
    _version: hit.version,
    _seq_no: hit.sequenceNumber,
    _primary_term: 1,
    _score: score,
    _source: selectSource(hit.source, wanted),
    ...(orders.length === 0 ? {} : { sort: orders.map(({ field }) => hit.source[field]) }),
  };
}

function selectSource(source: Record<string, unknown>, wanted: unknown): Record<string, unknown> {
  const includes = Array.isArray(wanted) ? wanted : (wanted as { includes?: unknown[] } | undefined)?.includes;
  const excludes = Array.isArray(wanted) ? [] : ((wanted as { excludes?: unknown[] } | undefined)?.excludes ?? []);
  const selected = Object.entries(source).filter(
    ([name]) => (includes === undefined || includes.includes(name)) && !excludes.includes(name),
  );
  return Object.fromEntries(selected);
}

type Query = Record<string, unknown>;

function matches(hit: Hit, query: unknown): boolean {
  return Object.entries((query ?? {}) as Query).every(([kind, value]) => {
    if (kind === "match_all") return true;
    if (kind === "ids") return ((value as { values?: unknown[] }).values ?? []).includes(hit.id);
    if (kind === "bool") return clausesOf(value).every((clause) => matches(hit, clause));
    return Object.entries(value as Query).every(([field, wanted]) => {
      const own = field === "_id" ? hit.id : hit.source[field.replace(/\.keyword$/, "")];
      return wantedValues(wanted).includes(own);
    });
  });
}

/** `{"term": {"name": "x"}}`, `{"term": {"name": {"value": "x"}}}` or `{"terms": {"name": ["x"]}}`. */
function wantedValues(wanted: unknown): unknown[] {
  if (Array.isArray(wanted)) return wanted;
  if (typeof wanted !== "object" || wanted === null) return [wanted];
  const { value, query } = wanted as { value?: unknown; query?: unknown };
  return [value ?? query];
}

function clausesOf(bool: unknown): unknown[] {
  const { must = [], filter = [] } = bool as { must?: unknown; filter?: unknown };
  return [must, filter].flat();
}

const leafQueries = ["term", "terms", "match", "match_phrase"];

function unknownQuery(query: unknown): string | undefined {
  for (const [kind, value] of Object.entries((query ?? {}) as Query)) {
    if (kind === "bool") {
      const inner = clausesOf(value).map(unknownQuery).find(Boolean);
      const clause = Object.keys(value as Query).find((name) => name !== "must" && name !== "filter");
      if (inner !== undefined || clause !== undefined) return inner ?? clause;
    } else if (kind !== "match_all" && kind !== "ids" && !leafQueries.includes(kind)) return kind;
  }
  return undefined;
}

function unknownQueryError(kind: string): Response {
  const error = { type: "parsing_exception", reason: `unknown query [${kind}]`, line: 1, col: 1 };
  return Response.json(errorEnvelope(400, error), { status: 400 });
}

interface Order {
  field: string;
  isDescending: boolean;
}

/** `[{"create_time": "desc"}]`, `[{"create_time": {"order": "desc"}}]` or `["create_time"]`. */
function sortOrders(sort: unknown): Order[] {
  if (sort === undefined) return [];
  return [sort].flat().flatMap((part) => {
    if (typeof part === "string") return [{ field: part, isDescending: false }];
    return Object.entries(part as Query).map(([field, order]) => {
      const direction = typeof order === "string" ? order : (order as { order?: unknown }).order;
      return { field, isDescending: direction === "desc" };
    });
  });
}

function compare(one: Hit, other: Hit, orders: readonly Order[]): number {
  for (const { field, isDescending } of orders) {
    const [a, b] = [one.source[field], other.source[field]] as [number, number];
    if (a !== b) return (a < b ? -1 : 1) * (isDescending ? -1 : 1);
  }
  return 0;
}

function allShardsFailed(): Response {
  const body = {
    error: {
      root_cause: [],
      type: "search_phase_execution_exception",
      reason: "all shards failed",
      phase: "query",
      grouped: true,
      failed_shards: [],
    },
    status: 503,
  };
  return Response.json(body, { status: 503 });
}
