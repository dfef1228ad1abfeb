/** A failure that ends a command, as one sentence for the user. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}
