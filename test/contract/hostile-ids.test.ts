/**
 * Ids that try to leave their place in a URL: given by a platform that went mad, and by users. Judged by the
 * paths that came in: each is one of the documented endpoints, with the id as one segment of it.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createConnections } from "../../provider/connection/connection";
import { ProviderError } from "../../provider/errors";
import { noIntentRecord } from "../../provider/intent/intent";
import { create } from "../../provider/lifecycle/create";
import { remove } from "../../provider/lifecycle/delete";
import type { ProviderCall } from "../../provider/lifecycle/provider-call";
import { read } from "../../provider/lifecycle/read";
import { update } from "../../provider/lifecycle/update";
import type { Properties } from "../../provider/resources/resource-kind";
import { createFakeClock } from "../support/fake-clock";
import { type ContractCase, contractCases } from "./cases";

const ids = [
  ...["../../admin", "..", ".", "a/../../b", "/", "//evil.example/x", "\\..\\..\\admin", "..;/admin"],
  ...["%2e%2e", "%2e%2e%2fadmin", "..%2f", "%252e%252e", "%"],
  ...["?all=true", "a?b", "#", "a#b", "a&b=c", ";a=b", " ", "a b", "\t..", "..\n", "\r\nx-header: y", "\u0000"],
  ...["ünïcödé", "日本語", "🦙", "\u202e", "／..／", "．．", "half \ud800"],
  ...["@evil.example", "http://evil.example/", "x".repeat(1_000), "x".repeat(100_000), ""],
];

interface HostileCase {
  /** Where ids may stand, as a group; everything that may be asked for. */
  routes: RegExp[];
  /** The id wherever the platform gives one, in answers that are otherwise good. */
  answers(id: string, method: string, path: string): unknown;
  /** The inputs with the id wherever a user gives one. */
  inputsWith(inputs: Properties, id: string): Properties;
  /** What makes the platform's own id lead to more requests. */
  changed(inputs: Properties): Properties;
}

const block = (inputs: Properties, platform: string, change: object): Properties => ({
  [platform]: { ...(inputs[platform] as object), ...change },
});

const hostile: Record<ContractCase["platform"]["id"], HostileCase> = {
  deepinfra: {
    routes: [/^\/deploy\/(?:list|llm)$/, /^\/deploy\/([^/]+)$/, /^\/deploy\/([^/]+)\/start$/],
    answers: (id, _method, path) => {
      const row = { deploy_id: id, model_name: "acme/contract", status: "stopped" };
      return path === "/deploy/list" ? [{ ...row, status: "deleted" }] : row;
    },
    inputsWith: (inputs, id) => block(inputs, "deepinfra", { modelName: id }),
    changed: (inputs) => block(inputs, "deepinfra", { settings: { minInstances: 2, maxInstances: 3 } }),
  },
  kore: {
    routes: [/^\/api\/public\/models\/([^/]+)\/(?:un)?deploy$/, /^\/api\/public\/dock-status\/([^/]+)$/],
    answers: (id, method) => ({ dockStatusId: id, _id: id, status: method === "GET" ? "SUCCESS" : "IN_PROGRESS" }),
    inputsWith: (inputs, id) => block(inputs, "kore", { modelId: id, modelType: id }),
    changed: (inputs) => block(inputs, "kore", { name: "Changed" }),
  },
  opensearch: {
    routes: [
      /^\/_nodes$/,
      /^\/_plugins\/_ml\/tasks\/_search$/,
      /^\/_plugins\/_ml\/tasks\/([^/]+)$/,
      /^\/_plugins\/_ml\/models\/([^/]+)(?:\/_(?:un)?deploy)?$/,
      /^\/_plugins\/_ml\/profile\/models\/([^/]+)$/,
    ],
    answers: (id, method, path) => {
      const task = { state: "COMPLETED", create_time: 2 };
      if (path === "/_nodes") return { nodes: { [id]: { name: id } } };
      if (path.endsWith("/_search")) return { hits: { hits: [{ _id: id, _source: task }] } };
      if (method === "POST") return { task_id: id, status: "CREATED" };
      if (path.includes("/profile/")) return { nodes: { [id]: { models: {} } } };
      return path.includes("/tasks/") ? task : { name: id, model_state: "DEPLOY_FAILED", planning_worker_nodes: [id] };
    },
    inputsWith: (inputs, id) => block(inputs, "opensearch", { modelId: id, nodeIds: [id] }),
    changed: (inputs) => block(inputs, "opensearch", { nodeIds: ["another"] }),
  },
  foundry: {
    routes: [
      /^\/api\/v2\/models\/liveDeployments$/,
      /^\/api\/v2\/models\/liveDeployments\/([^/]+)(?:\/(?:disable|start))?$/,
    ],
    answers: (rid, method, path) => {
      const row = { rid, branch: "master", runtimeConfiguration: {}, status: { state: "DISABLED", isReady: false } };
      return method === "GET" && path.endsWith("/liveDeployments") ? { data: [row] } : row;
    },
    inputsWith: (inputs, id) => ({ ...inputs, modelRid: id, branch: id }),
    changed: (inputs) => ({ ...inputs, runtimeConfiguration: { minReplicas: 2, maxReplicas: 3, sources: ["s"] } }),
  },
};

const unpaced = { PULUMI_INFERENCE_REQUESTS_PER_SECOND: "100000" };

function settingFor(key: string, url: string): string | undefined {
  if (/Url$|Host$|Hostname$/.test(key)) return url;
  return /Key$|Token$/.test(key) ? `value-of-${key}` : undefined;
}

function inAscii(id: string): string {
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(id)
    .replace(/[^ -~]/g, escaped)
    .slice(0, 40);
}

/** Answers whatever is asked, and keeps the request lines as they came in. */
async function startHostileServer(answers: HostileCase["answers"], id: string) {
  const urls: string[] = [];
  const server: Server = createServer((request, response) => {
    const url = request.url ?? "";
    urls.push(url);
    request.resume().on("end", () => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(answers(id, request.method ?? "", url.split("?")[0] ?? "")));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    urls,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe.each(contractCases)("$platform.title", (contract: ContractCase) => {
  const { platform, kind, inputs } = contract;
  const { routes, answers, inputsWith, changed } = hostile[platform.id];

  const callTo = (url: string): ProviderCall => ({
    kind,
    connections: createConnections(
      { config: (key) => settingFor(key, url), explicit: false, environment: unpaced },
      { retries: 0, throttledRetries: 0, firstWaitMs: 1, longestWaitMs: 1, longestRetryAfterMs: 1 },
    ),
    log: { status: () => undefined, info: () => undefined, warn: () => undefined },
    signal: new AbortController().signal,
    timeoutSeconds: 1,
    intent: noIntentRecord,
    clock: createFakeClock(),
  });

  /** Everything that stands where an id may stand, decoded. */
  function idsIn(url: string): string[] {
    const [path = "", ...queries] = url.split("?");
    expect(queries.length).toBeLessThanOrEqual(1);
    const route = routes.map((candidate) => candidate.exec(path)).find((match) => match !== null);
    if (route === undefined) throw new Error(`nobody documents ${url.slice(0, 300)}`);
    const query = [...new URLSearchParams(queries[0])];
    expect(query.map(([name]) => name).filter((name) => !/^(preview|modelType|modelRid|branch)$/.test(name))).toEqual(
      [],
    );
    const place = route[1] === undefined ? [] : [decodeURIComponent(route[1])];
    return [...place, ...query.filter(([name]) => /^model|^branch$/.test(name)).map(([, value]) => value)];
  }

  /** All failures but ours are bugs: what is thrown for an id is a sentence for the user. */
  async function attempt(run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      expect(error).toBeInstanceOf(ProviderError);
    }
  }

  test.each(ids.map((id) => [inAscii(id), id]))("%s stays in its place", async (_shown, id) => {
    const server = await startHostileServer(answers, id);
    const known = `${platform.id}/${id}`;
    const state = { ...inputs, platform: platform.id, deploymentId: id, status: "stopped", details: { taskId: id } };

    await attempt(() => create(callTo(server.url), inputs));
    await attempt(() => create(callTo(server.url), { ...inputs, adopt: id }));
    await attempt(() => create(callTo(server.url), inputsWith(inputs, id)));
    await attempt(() => read(callTo(server.url), known, {}));
    await attempt(() => read(callTo(server.url), known, { ...state, details: { dockStatusId: id, action: "DEPLOY" } }));
    await attempt(() => update(callTo(server.url), known, state, { ...inputs, ...changed(inputs) }));
    await attempt(() => remove(callTo(server.url), known, state));
    server.close();

    const own = Object.values({ ...inputs, ...(inputs[platform.id] as object | undefined) });
    const found = server.urls.flatMap(idsIn);
    expect(server.urls.length).toBeGreaterThan(0);
    // In a query, half of a pair is sent as the sign for what cannot be read.
    const sent = [id, Buffer.from(id).toString(), ...own];
    expect(found.filter((one) => !sent.includes(one))).toEqual([]);
    // An id that a path can hold arrives as it was.
    const fits = id !== "" && id !== "." && id !== ".." && id.length <= 1_024 && !id.includes("\ud800");
    if (fits) expect(found).toContain(id);
  });
});
