/** Reads the body of an answer, as far as it is worth it. */
import { errors } from "undici";
import type { Dispatcher } from "undici";
import { isTooLarge, tooLarge } from "./connection-error";
import { maximumBodySize } from "./dispatcher";

/**
 * A body beyond the bound is given up: at once when its length is declared, otherwise when it gets
 * there. For an error the status alone is told, which says more than a body that is none of a platform's.
 */
export async function readBody({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<string> {
  try {
    if (Number(headers["content-length"]) > maximumBodySize) {
      body.on("error", () => undefined).destroy();
      throw new errors.ResponseExceededMaxSizeError();
    }
    return await body.text();
  } catch (error) {
    const isSuccess = statusCode >= 200 && statusCode < 300;
    if (isSuccess || !isTooLarge(error)) throw error;
    return `a text of ${tooLarge}`;
  }
}
