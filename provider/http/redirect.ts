/** Redirects, which are never followed: they would take the credential to where somebody else points. */

/** Fits a line of a terminal. Characters. */
const longest = 200;

/**
 * What to say of an answer that points elsewhere; undefined for one that does not.
 *
 * @param location the header, verbatim.
 * @param url what was asked for.
 */
export function redirectAdvice(status: number, location: string | undefined, url: string): string | undefined {
  if (status < 300 || status >= 400 || location === undefined) return undefined;
  const { origin } = new URL(url);
  return `it points to ${targetOf(location, url)}, and credentials are sent to ${origin} alone: if that is where the platform is, give its address`;
}

/** Without user, query and fragment, where sign-in pages are handed tokens. */
function targetOf(location: string, url: string): string {
  try {
    const { protocol, origin, pathname } = new URL(location, url);
    const target = /^https?:$/.test(protocol) ? origin + pathname : `an address of the kind ${protocol}`;
    return target.length <= longest ? target : `${target.slice(0, longest - 1)}…`;
  } catch {
    return "an address that cannot be read";
  }
}
