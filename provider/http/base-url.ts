/** The address of a platform, from what people paste. */
import { ConfigurationError } from "../errors";

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Accepts a host with or without a scheme, a trailing slash and a path. Plain http is accepted for
 * loopback hosts alone, since every request carries a credential.
 *
 * @param source where the value came from, for the error.
 * @returns the URL without a trailing slash.
 */
export function normalizeBaseUrl(value: string, source: string): string {
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `https://${value}`, value, source);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new ConfigurationError(`${source}: give the address alone, without a user, a password or a query`);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new ConfigurationError(`${source}: "${value}" must be an https:// address`);
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw new ConfigurationError(
      `${source}: "${url.host}" needs https://; http:// is accepted for loopback hosts only`,
    );
  }
  return url.origin + url.pathname.replace(/\/+$/, "");
}

/** @param hostname as `URL` writes it, with brackets around an IPv6 address. */
export function isLoopback(hostname: string): boolean {
  return loopback.test(hostname);
}

function parse(text: string, value: string, source: string): URL {
  try {
    return new URL(text);
  } catch {
    // What stands before an @ may be a password.
    throw new ConfigurationError(`${source}: "${value.replace(/^.*@/s, "…@")}" is not an address`);
  }
}
