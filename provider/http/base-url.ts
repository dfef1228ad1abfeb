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
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new ConfigurationError(`${source}: "${value}" must be an https:// address`);
  }
  if (url.protocol === "http:" && !loopback.test(url.hostname)) {
    throw new ConfigurationError(
      `${source}: "${url.host}" needs https://; http:// is accepted for loopback hosts only`,
    );
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new ConfigurationError(`${source}: give the address alone, without a user, a password or a query`);
  }
  return url.origin + url.pathname.replace(/\/+$/, "");
}

function parse(text: string, value: string, source: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new ConfigurationError(`${source}: "${value}" is not an address`);
  }
}
