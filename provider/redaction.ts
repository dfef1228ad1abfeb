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
  const known = new Set<string>();
  const forms = new Set<string>();
  let pattern: RegExp | undefined;

  return {
    add(secret) {
      if (secret === undefined || secret.length < shortestSecret || known.has(secret)) return;
      known.add(secret);
      formsOf(secret).forEach((form) => forms.add(form));
      pattern = undefined;
    },
    apply(text) {
      if (forms.size === 0) return text;
      pattern ??= patternOf(forms);
      return text.replace(pattern, mask).replace(beforeCut, (piece) => maskCut(piece, forms));
    },
  };
}

/** What stands before the sign of a text that was cut short, as far as a form reaches. */
const beforeCut = /[^…]+(?=…)/g;

/** Masks the beginning of a secret whose end was cut off. */
function maskCut(piece: string, forms: ReadonlySet<string>): string {
  let longest = 0;
  for (const form of forms) longest = Math.max(longest, beginningAtEnd(piece, form));
  return longest < shortestSecret ? piece : piece.slice(0, piece.length - longest) + mask;
}

/** How many characters of a form's beginning the text ends with. */
function beginningAtEnd(text: string, form: string): number {
  for (let length = Math.min(form.length - 1, text.length); length >= shortestSecret; length--) {
    if (text.endsWith(form.slice(0, length))) return length;
  }
  return 0;
}

/** Longest first, so that a secret that contains another one leaves no rest behind. */
function patternOf(forms: ReadonlySet<string>): RegExp {
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"), "g");
}

function formsOf(secret: string): string[] {
  const trimmed = secret.trim();
  // A platform may trim what it repeats, and a long text is shown as one line.
  const spellings = [secret, trimmed, trimmed.replace(/\s+/g, " ")].filter(({ length }) => length >= shortestSecret);
  return [...new Set(spellings)].flatMap(encodingsOf);
}

function encodingsOf(secret: string): string[] {
  // Half of a surrogate pair has no encoding; what is sent in its place is what may come back.
  const sent = Buffer.from(secret).toString();
  const hex = Buffer.from(secret).toString("hex");
  const json = jsonOf(secret);
  // A request that is repeated whole brings its JSON along, into whatever it is repeated in.
  const texts = [...new Set([secret, sent, ...json])];
  return [
    ...texts,
    ...json.flatMap(jsonOf),
    ...texts.flatMap(percentOf),
    ...texts.flatMap(htmlOf),
    ...texts.flatMap((text) => base64Of(Buffer.from(text))),
    hex,
    hex.toUpperCase(),
  ];
}

/** In parts of a URL, in whole URLs, and in forms. */
function percentOf(text: string): string[] {
  const sent = Buffer.from(text).toString();
  const percent = encodeURIComponent(sent);
  const lowerCase = percent.replace(/%../g, (code) => code.toLowerCase());
  return [percent, lowerCase, encodeURI(sent), new URLSearchParams({ "": sent }).toString().slice(1)];
}

/** As JavaScript writes it, in ASCII alone, and as Go writes it, which escapes what HTML would read. */
function jsonOf(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return [json, json.replace(/[^ -~]/g, escaped), json.replace(/[<>&\u2028\u2029]/g, escaped)];
}

/** Each kind of quote as it is, or in one of its usual spellings. */
function htmlOf(text: string): string[] {
  const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return ['"', "&quot;", "&#34;"].flatMap((quote) =>
    ["'", "&#39;", "&#x27;", "&apos;"].map((apostrophe) => html.replaceAll('"', quote).replaceAll("'", apostrophe)),
  );
}

/** Alone, and as it looks inside of longer Base64, `user:password` say, at each place where it may begin. */
function base64Of(bytes: Buffer): string[] {
  const inside = [0, 1, 2]
    .flatMap((offset) => {
      const whole = Buffer.concat([Buffer.alloc(offset), bytes]);
      // A character stands for six bits: those that hold bits of a neighbour are left out.
      const [from, to] = [Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6)];
      return [whole.toString("base64").slice(from, to), whole.toString("base64url").slice(from, to)];
    })
    .filter((inner) => inner.length >= shortestInnerBase64);
  return [bytes.toString("base64"), bytes.toString("base64url"), ...inside];
}
