/** What the runs did, added up: printed at the end, so that nobody has to believe that they did something. */
export interface Figures {
  sequences: number;
  steps: number;
  operations: number;
  requests: number;
  /** Requests that a fault struck. */
  struck: number;
  kills: number;
  cancels: number;
  outside: number;
  byHand: number;
  /** Deployments that no state knew after a kill or a lost answer, for a while. */
  lost: number;
  /** Of those: the next run took it over by itself. */
  takenOver: number;
  /** Of those: it was refused with its id, and the line `adopt` brought it back. */
  adopted: number;
  /** Of those: the program no longer wanted it, and named it again to find it. */
  namedAgain: number;
  /** Names that somebody else's deployment held to the end. */
  refused: number;
  /** Resources that had to leave the program for one run, since another one of the stack held what they want. */
  untangled: number;
  /** Models on Kore of which nobody could know that they were undeployed. */
  unknowable: number;
}

export function noFigures(): Figures {
  return {
    ...{ sequences: 0, steps: 0, operations: 0, requests: 0, struck: 0, kills: 0, cancels: 0, outside: 0, byHand: 0 },
    ...{ lost: 0, takenOver: 0, adopted: 0, namedAgain: 0, refused: 0, untangled: 0, unknowable: 0 },
  };
}

export function figuresText(figures: Figures): string {
  return Object.entries(figures)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}
