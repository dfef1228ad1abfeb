/** Keeps secrets out of every text that leaves the provider. */

export const mask = "[secret]";

/** Shorter values would blank out ordinary words. */
const shortestSecret = 4;

export interface Redactor {
  /** Adds a value that must never be shown, in every encoding it may come back in. */
  add(secret: string | undefined): void;
  redact(text: string): string;
}

export function createRedactor(secrets: readonly string[] = []): Redactor {
  const forms = new Set<string>();

  function add(secret: string | undefined): void {
    if (secret === undefined || secret.length < shortestSecret) return;
    forms.add(secret);
    forms.add(encodeURIComponent(secret));
    forms.add(JSON.stringify(secret).slice(1, -1));
    forms.add(Buffer.from(secret).toString("base64"));
  }

  secrets.forEach(add);
  return {
    add,
    // Longest first, so that a secret that contains another one leaves no rest behind.
    redact: (text) =>
      [...forms].sort((a, b) => b.length - a.length).reduce((shown, form) => shown.replaceAll(form, mask), text),
  };
}
