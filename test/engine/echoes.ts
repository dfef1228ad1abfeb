/** Platforms, or proxies on the way, that repeat in their errors all that a request told them. */
import type { RecordedRequest, Simulator } from "../../simulator";
import { deploymentsOf } from "./llamas";
import type { Strike } from "../support/strike";
import { planted } from "./planted";

/** All that a request tells, as a platform that logs too much, or a proxy on the way, may repeat it. */
function toldBy(simulator: Simulator, { platform, path, rawHeaders, rawBody }: RecordedRequest): string {
  const credential = (rawHeaders["authorization"] ?? rawHeaders["x-api-key"] ?? "").replace(/^\w+ /, "");
  const isReplaced =
    rawBody.includes("replaced") || deploymentsOf(simulator, "replaced").some(({ id }) => path.includes(id));
  const own: Record<string, string[]> = {
    deepinfra: [isReplaced ? planted.plainHfToken : planted.hfToken],
    opensearch: [planted.opensearchPassword],
    foundry: [planted.variable, planted.foundryClientSecret],
  };
  return [credential, ...(own[platform] ?? []), rawBody].join(" and ");
}

function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Beginning so that the limit of an error's text falls into what is repeated. */
const long = (told: string) => `${"x".repeat(385 - "body.hf.token: ".length)} ${told}`;
const page = (told: string) =>
  `<html><title>${html(told)}</title><p>${Buffer.from(`user:${told}`).toString("base64")}</p></html>`;
const validation = (told: string) => ({ detail: [{ loc: ["body", "hf", "token"], msg: long(told), input: told }] });
const refusal = (told: string) => ({ detail: `Not authenticated: ${told}` });
const koreError = (told: string) => ({ errors: [{ msg: told, code: told }] });
const foundryError = (told: string) => ({
  errorCode: "INVALID_ARGUMENT",
  errorName: "ReservedEnvironmentVariable",
  errorInstanceId: told,
  parameters: { name: told, variables: { CREDENTIALS: planted.variable } },
});

/** What strikes the requests of one command: undefined for those that are let through. */
export interface Echoes {
  whileMaking(request: RecordedRequest): Strike | undefined;
  whileChanging(request: RecordedRequest): Strike | undefined;
  whileReading(request: RecordedRequest): Strike | undefined;
}

export function createEchoes(simulator: Simulator): Echoes {
  /** The answer of a request that goes wrong, with what it told in the body and in the head. */
  function echoed(request: RecordedRequest, status: number, body: (told: string) => unknown): Strike {
    const told = toldBy(simulator, request);
    const spelt = encodeURIComponent(told);
    const location = `https://sso.test/${spelt}?in=${spelt}`;
    const headers = { "x-echo": spelt, "www-authenticate": `Bearer ${spelt}`, location };
    return { kind: "status", status, body: body(told), headers };
  }

  return {
    /** Another thing for each deployment. */
    whileMaking(request) {
      const { method, path, query, rawBody, rawHeaders } = request;
      if (rawHeaders["authorization"] === `Bearer ${planted.wrongKey}`) return echoed(request, 403, refusal);
      if (path.endsWith("/liveDeployments") && query["modelRid"]?.endsWith(".token")) return echoed(request, 200, page);
      if (method !== "POST") return undefined;
      if (path === "/deploy/llm" && rawBody.includes("invalid")) return echoed(request, 422, validation);
      if (path.endsWith("/cm-assistant/deploy")) return echoed(request, 401, koreError);
      if (path.endsWith("/_deploy")) return echoed(request, 500, page);
      return path.endsWith("/liveDeployments") ? echoed(request, 302, page) : undefined;
    },
    whileChanging(request) {
      const { method, path } = request;
      if (method === "PUT" && path.includes("/liveDeployments/")) return echoed(request, 400, foundryError);
      return method === "PUT" && path.startsWith("/deploy/") ? echoed(request, 422, validation) : undefined;
    },
    whileReading: (request) => (request.method === "GET" ? echoed(request, 401, page) : undefined),
  };
}
