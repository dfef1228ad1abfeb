import { commandErrorText } from "../../drift/command-error";

const failed = (output: string): string => commandErrorText(new Error(output));

it("tells the engine's own lines, once each, without its last word", () => {
  expect(failed("code: 255\n stderr: \nerror: no stack\n  error: no stack\nerror: update failed\n")).toBe("no stack");
});

it("keeps the last word where there is no other", () => {
  expect(failed("stdout: much\nerror: update failed")).toBe("update failed");
});

it("tells each of several reasons", () => {
  const output =
    "  error: 2 errors occurred:\n    \t* the wait was cancelled\n    \t* it is kept\n\n  error: update failed";

  expect(failed(output)).toBe("the wait was cancelled; it is kept");
});

it("tells the first line where none is the engine's", () => {
  expect(failed("\nspawn pulumi ENOENT\n")).toBe("spawn pulumi ENOENT");
});
