/** Follows the requests of one case through its operation, and strikes the one that its point names. */
import type { ComingRequest } from "../support/provider-process/gatekeeper";
import type { MatrixCase } from "./cases";
import type { MatrixFault } from "./faults";
import type { Subject } from "./subjects";

type Request = Pick<ComingRequest, "method" | "path">;

export interface Aim {
  readonly fault: MatrixFault | undefined;
  /** Whether the request is struck. Asked once for each request. */
  strikes(request: Request): boolean;
  /** How many requests were struck; for a kill, whether the moment has come. */
  struck(): number;
}

/** @param reached called once, when the request of the case's point comes in, before it is answered. */
export function takeAim(subject: Subject, { call, point, fault, lasts }: MatrixCase, reached: () => void): Aim {
  let struck = 0;
  let reads = 0;
  let asked = false;

  function isPoint(request: Request): boolean {
    const line = `${request.method} ${request.path}`;
    const isRequest = call !== "wait" && call !== "read" && subject.request[call].test(line);
    if (isRequest && !asked) {
      asked = true;
      return point === "request";
    }
    if (point === "removal") return subject.request.delete.test(line);
    if (!isRead(request)) return false;
    reads++;
    if (point === "look")
      return !asked && (call === "create" || call === "replace" ? (subject.look ?? /./).test(line) : true);
    if (call === "wait") return reads > subject.readsBeforeWait;
    return asked || call === "read";
  }

  return {
    fault,
    strikes(request) {
      if (request.path.includes("/oauth2/")) return false;
      const hits = isPoint(request) && struck === 0;
      if (!hits && !(lasts && struck > 0 && struck < (fault?.most ?? Infinity))) return false;
      if (hits) reached();
      struck++;
      return true;
    },
    struck: () => struck,
  };
}

function isRead({ method, path }: Request): boolean {
  return method === "GET" || path.endsWith("/_search");
}
