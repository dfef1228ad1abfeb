/** A failure that ends the command, as one sentence for the user. */
export class OrphansError extends Error {
  override readonly name = "OrphansError";
}
