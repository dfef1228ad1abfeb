/** How requests leave this machine: the pool of connections, its limits, and a proxy on the way. */
import { Agent, EnvHttpProxyAgent } from "undici";
import type { Dispatcher } from "undici";
import { isLoopback } from "./base-url";

/** Larger than any documented answer; a body beyond it is not read into memory. Bytes. */
export const maximumBodySize = 16 * 1024 * 1024;
const connectTimeoutMs = 15_000;
/** Foundry documents requests of up to five minutes for inference; control calls answer in seconds. */
const answerTimeoutMs = 60_000;

/**
 * Certificates are always verified. `NODE_TLS_REJECT_UNAUTHORIZED=0`, which people set for some other
 * program and forget, would otherwise hand each request's credential to whoever stands between.
 */
const verified = { rejectUnauthorized: true, timeout: connectTimeoutMs };

/** A pool for one account. Proxies come from `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. */
export function createDispatcher(baseUrl: string): Dispatcher {
  const limits: Agent.Options = {
    connect: verified,
    headersTimeout: answerTimeoutMs,
    bodyTimeout: answerTimeoutMs,
    maxResponseSize: maximumBodySize,
    allowH2: false,
  };
  // A simulator on loopback is never behind the company's proxy, which would read its plain http.
  return isLoopback(new URL(baseUrl).hostname) || !hasProxy(process.env)
    ? new Agent(limits)
    : // To the proxy itself, and through it to the platform.
      new EnvHttpProxyAgent({ ...limits, proxyTls: verified, requestTls: verified });
}

function hasProxy({ HTTP_PROXY, HTTPS_PROXY, http_proxy, https_proxy }: NodeJS.ProcessEnv): boolean {
  return [HTTP_PROXY, HTTPS_PROXY, http_proxy, https_proxy].some((value) => value !== undefined && value !== "");
}
