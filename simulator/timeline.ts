/** Where a state machine stands after a time. */

/**
 * The state after `elapsedMs`, when the states before the last one share `totalMs` equally and the
 * last one lasts. With a total of 0 it is the last one at once.
 */
export function stateAt<State>(states: readonly [State, ...State[]], elapsedMs: number, totalMs: number): State {
  const last = states.length - 1;
  if (elapsedMs >= totalMs || last === 0) return states[last] ?? states[0];
  const index = Math.floor((Math.max(0, elapsedMs) / totalMs) * last);
  return states[index] ?? states[0];
}
