/** What people and platforms do to a deployment, and what a detection has to say of it. */
import type { OutsideCase } from "./outside/case";
import { deepinfraCases } from "./outside/deepinfra";
import { foundryCases } from "./outside/foundry";
import { koreCases } from "./outside/kore";
import { opensearchCases } from "./outside/opensearch";

export const outsideCases: OutsideCase[] = [...deepinfraCases, ...foundryCases, ...opensearchCases, ...koreCases];
