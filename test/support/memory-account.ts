/** A DeepInfra account without a socket, for numbers of requests that would take a real one too long. */

export interface MemoryAccount {
  readonly requests: { route: string; atMs: number }[];
  /** When `finish` was called. */
  readonly finishedMs: number;
  /** What undici's `request` resolves with. */
  answer(url: string, request: { method: string; body?: string }): Promise<object>;
  /** All deployments serve from now on. */
  finish(): void;
}

interface Row {
  deploy_id: string;
  model_name: string;
  status: string;
  settings: object;
}

export function createMemoryAccount(): MemoryAccount {
  const rows = new Map<string, Row>();
  const requests: { route: string; atMs: number }[] = [];
  let finishedMs = Infinity;

  function make({ model_name, settings }: Row): object {
    const deploy_id = `d${rows.size + 1}`;
    rows.set(deploy_id, { deploy_id, model_name, status: "initializing", settings });
    return { deploy_id };
  }

  function bodyOf(route: string, path: string, sent: string | undefined): unknown {
    if (route === "POST /deploy/llm") return make(JSON.parse(sent ?? "{}") as Row);
    return route === "GET /deploy/list" ? [...rows.values()] : rows.get(path.replace("/deploy/", ""));
  }

  return {
    requests,
    get finishedMs() {
      return finishedMs;
    },
    answer(url, { method, body }) {
      const { pathname } = new URL(url);
      const route = `${method} ${pathname.replace(/^\/deploy\/d\d+$/, "/deploy/{id}")}`;
      requests.push({ route, atMs: performance.now() });
      const answer = JSON.stringify(bodyOf(route, pathname, body));
      return Promise.resolve({ statusCode: 200, headers: {}, body: { text: () => Promise.resolve(answer) } });
    },
    finish() {
      finishedMs = performance.now();
      for (const row of rows.values()) row.status = "running";
    },
  };
}
