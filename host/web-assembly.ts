/** Keeps V8 from optimising WebAssembly, of which a provider's process runs one small piece: undici's HTTP parser. */
import { setFlagsFromString } from "node:v8";

/** The newest release of Node that was seen to know the flags; V8 complains on stderr of one that it does not know. */
const newestKnown = 24;

/**
 * After some dozens of answers V8 would compile the parser a second time, which takes about 15 MB more at the peak
 * (measured) to save what nobody notices beside a request. Only how WebAssembly is compiled changes, and only in this
 * process. With one of the flags alone V8 optimises all the same.
 */
export function keepWebAssemblyBaseline(): void {
  if (Number(process.versions.node.split(".")[0]) > newestKnown) return;
  setFlagsFromString("--no-wasm-tier-up");
  setFlagsFromString("--no-wasm-dynamic-tiering");
}
