/** The program of a random run: what it wants now, and what that means for the engine. */
import type { Wishes } from "../support/small-engine";
import { urnOf } from "./host";
import { randomPlatforms } from "./platforms";
import { resources } from "./steps";
import type { Program, ProgramStep, ResourceName, Wish } from "./steps";

export interface Wanted extends Wish {
  /** The platform's id of what is to be taken over. */
  adopt?: string;
}

export type Wants = Map<string, Wanted>;

/** What two wishes must not share: a user who writes it twice has made a mistake. */
export function identityOf(wish: Wish): string {
  return `${wish.platform}/${randomPlatforms[wish.platform].identity(wish)}`;
}

/** The wishes by the names of the resources. */
export function wantsOf(program: Program): Wants {
  const wants: Wants = new Map();
  for (const name of resources) {
    const wish = program[name];
    if (wish !== undefined) put(wants, name, { ...wish });
  }
  return wants;
}

/** A change of the program. One that would name a deployment twice is not made. */
export function changeProgram(wants: Wants, step: ProgramStep, idOf: (wanted: Wanted) => string | undefined): void {
  switch (step.do) {
    case "want":
      return put(wants, step.resource, { ...step.wish });
    case "change":
      return withWanted(wants, step.resource, (wanted, name) => put(wants, name, { ...wanted, ...step.to }));
    case "drop":
      return void wants.delete(step.resource);
    case "swap":
      return swap(wants, step.resources);
    case "adopt":
      return withWanted(wants, step.resource, (wanted, name) => {
        const adopt = idOf(wanted);
        if (adopt !== undefined) wants.set(name, { ...wanted, adopt });
      });
    case "unadopt":
      return withWanted(wants, step.resource, ({ adopt: _adopt, ...wanted }, name) => void wants.set(name, wanted));
  }
}

/** The resource of this name, or the first one, so that few steps are in vain. */
export function present(wants: Wants, name: string): string {
  return wants.has(name) ? name : ([...wants.keys()][0] ?? name);
}

function withWanted(wants: Wants, given: string, change: (wanted: Wanted, name: string) => void): void {
  const name = present(wants, given);
  const wanted = wants.get(name);
  if (wanted !== undefined) change(wanted, name);
}

function put(wants: Wants, name: string, wanted: Wanted): void {
  const others = [...wants].filter(([other]) => other !== name).map(([, other]) => identityOf(other));
  if (!others.includes(identityOf(wanted))) wants.set(name, wanted);
}

function swap(wants: Wants, [one, other]: readonly [ResourceName, ResourceName]): void {
  const [first, second] = [wants.get(one), wants.get(other)];
  if (first === undefined || second === undefined || first.platform !== second.platform) return;
  wants.set(one, { ...first, name: second.name, make: second.make });
  wants.set(other, { ...second, name: first.name, make: first.make });
}

export function urnFor(name: string, { platform }: Wanted): string {
  return urnOf(randomPlatforms[platform].kind, name);
}

export function wishesFor(wants: Wants): Wishes {
  return Object.fromEntries([...wants].map(([name, wanted]) => [urnFor(name, wanted), inputsOf(wanted)]));
}

function inputsOf({ adopt, waitForReady, onCreateFailure, ...wish }: Wanted) {
  const common = Object.entries({ adopt, waitForReady, onCreateFailure }).filter(([, value]) => value !== undefined);
  return { ...randomPlatforms[wish.platform].inputs(wish), ...Object.fromEntries(common) };
}
