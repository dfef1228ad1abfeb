import { ConnectionError, PlatformError, ProviderError, UnreadableAnswerError } from "../../provider/errors";
import { withNextStep } from "../../provider/lifecycle/next-step";

const answered = (status: number, kind: PlatformError["kind"], isAdvised = false): PlatformError =>
  new PlatformError(`Acme: answered ${status}`, status, kind, undefined, "", undefined, isAdvised);

it.each([
  [
    new ConnectionError("Acme: no answer arrived", true),
    /^Acme: no answer arrived; check the network .* run the command again$/,
  ],
  [new UnreadableAnswerError("Acme: it is not JSON"), /; check the platform's address, .* run the command again$/],
  [answered(503, "transient"), /^Acme: answered 503; run the command again when the platform answers$/],
  [answered(409, "refused"), /; run the command again when what it names is over$/],
  [answered(422, "refused"), /; correct what it names, and run the command again$/],
])("says what to do after %s", (error, message) => {
  expect(withNextStep(error)).toMatch(message);
});

it.each([answered(401, "refused", true), new ProviderError("Acme: add `adopt`"), new Error("a bug")])(
  "leaves alone what says it, or is not for users: %s",
  (error) => {
    expect(withNextStep(error)).toBe(error.message);
  },
);
