/** What the engine notes of the calls that it makes and takes. */

/**
 * The engine's log at -v=9 holds each property that it passes on, and its event log what a program registered.
 * Secrets of the stack's config are masked there, others are not. Left out are just those lines, and only of
 * properties where the program itself put a secret: nothing that this package adds.
 */
export function withoutCallsOfEngine(text: string): string {
  const property = "(?:value|token|hf|deepinfra|CREDENTIALS|environmentVariables|runtimeConfiguration)";
  const calls = [
    new RegExp(`^I\\d{4} \\S+ +\\d+ rpc\\.go:\\d+\\] (?:M|Unm)arshaling property for RPC\\[.*?\\]: ${property}=\\{`),
    /^I\d{4} \S+ +\d+ step_generator\.go:\d+\] Planner decided (?:not )?to /,
    /^I\d{4} \S+ +\d+ eventsink\.go:\d+\] (?:eventSink::Debug\(<\{%reset%\}>)?RegisterResource RPC finished: /,
    /^\{"sequence":\d+,"timestamp":\d+,"diagnosticEvent":\{"prefix":"debug: ","message":"RegisterResource RPC finished: /,
  ];
  return text
    .split("\n")
    .filter((line) => !calls.some((call) => call.test(line)))
    .join("\n");
}
