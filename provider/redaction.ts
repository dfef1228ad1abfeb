/** Keeps secrets out of every text that leaves the provider. */

export const mask = "[secret]";

/** Shorter values would blank out ordinary words. */
const shortestSecret = 4;
/** The same for the inner part of a Base64 text, whose edges depend on what stands beside the secret. */
const shortestInnerBase64 = 8;

export interface Redactor {
  /** Adds a value that must never be shown, in every encoding it may come back in. */
  add(secret: string | undefined): void;
  /**
   * Adds a value of which nobody knows whether it is a secret or an ordinary word, like that of an
   * environment variable. It is masked in sentences, and left alone in values.
   */
  addPossible(value: string | undefined): void;
  /** For sentences: errors, reasons, lines of a log. */
  redact(sentence: string): string;
  /** For values that programs go on to use: an endpoint with a word masked out of it leads nowhere. */
  redactValue(value: string): string;
}

export function createRedactor(secrets: readonly string[] = []): Redactor {
  const certain = createMasking();
  const possible = createMasking();

  function add(secret: string | undefined): void {
    certain.add(secret);
    possible.add(secret);
  }

  secrets.forEach(add);
  return { add, addPossible: possible.add, redact: possible.apply, redactValue: certain.apply };
}

interface Masking {
  add(secret: string | undefined): void;
  apply(text: string): string;
}

function createMasking(): Masking {
  const forms = new Set<string>();
  let pattern: RegExp | undefined;

  return {
    add(secret) {
      if (secret === undefined || secret.length < shortestSecret) return;
      formsOf(secret).forEach((form) => forms.add(form));
      pattern = undefined;
    },
    apply(text) {
      if (forms.size === 0) return text;
      pattern ??= patternOf(forms);
      return text.replace(pattern, mask);
    },
  };
}

/** Longest first, so that a secret that contains another one leaves no rest behind. */
function patternOf(forms: ReadonlySet<string>): RegExp {
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"), "g");
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // Half of a surrogate pair has no encoding; what is sent in its place is what may come back.
  const sent = bytes.toString();
  const percent = encodeURIComponent(sent);
  const form = new URLSearchParams({ "": sent }).toString().slice(1);
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    sent,
    percent,
    percent.replace(/%../g, (code) => code.toLowerCase()),
    form,
    json,
    json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
    bytes.toString("base64"),
    bytes.toString("base64url"),
    ...insideBase64(bytes),
  ];
}

/** The secret as it looks inside of longer Base64, `user:password` say, at each place where it may begin. */
function insideBase64(bytes: Buffer): string[] {
  return [0, 1, 2]
    .map((offset) => {
      const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
      // A character stands for six bits: those that hold bits of a neighbour are left out.
      return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
    })
    .filter((inner) => inner.length >= shortestInnerBase64);
}
