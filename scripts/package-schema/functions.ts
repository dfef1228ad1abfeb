/** The functions, from the types of their arguments and results. */
import type { AnyFunction } from "../../provider/functions/function";
import { functions } from "../../provider/functions/registry";
import { example } from "./examples";
import { inputProperties, jsonOf } from "./input-types";
import type { Facts, JsonSchema, Source } from "./input-types";
import type { FunctionSpecification, ObjectSpecification } from "./specification";

interface FunctionTypes {
  inputs: JsonSchema;
  outputs: JsonSchema;
}

/** By the function's name. */
type AllTypes = Record<string, FunctionTypes>;

/** Nothing is replaced or secret that is asked for, or told. */
const noFacts: Facts = { replaces: () => false, isSecret: () => false };

/** @param schemaOf generates the JSON schema of a TypeScript type: `getModel` has `GetModelArgs` and `GetModelResult`. */
export function functionTypes(schemaOf: (type: string) => JsonSchema): AllTypes {
  return Object.fromEntries(
    Object.keys(functions).map((name) => {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      return [name, { inputs: schemaOf(`${type}Args`), outputs: schemaOf(`${type}Result`) }] as const;
    }),
  );
}

export function definitionsOf(types: AllTypes): Record<string, JsonSchema> {
  const schemas = Object.values(types).flatMap(({ inputs, outputs }) => [inputs, outputs]);
  return Object.assign({}, ...schemas.map(({ definitions }) => definitions)) as Record<string, JsonSchema>;
}

/** Adds what they are made of to the source's types. */
export function functionSpecifications(source: Source, types: AllTypes): Record<string, FunctionSpecification> {
  const entries = Object.entries<AnyFunction>(functions).map(([name, { description, inputs }]) => {
    const file = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const { [name]: own = { inputs: {}, outputs: {} } } = types;
    const specification = {
      description: `${description}\n\n${example(file)}`,
      inputs: objectOf(source, `${name}Args`, own.inputs, jsonOf(inputs)),
      outputs: objectOf(source, `${name}Result`, own.outputs, {}),
    };
    return [`inference:index:${name}`, specification] as const;
  });
  return Object.fromEntries(entries);
}

function objectOf(source: Source, owner: string, schema: JsonSchema, checked: JsonSchema): ObjectSpecification {
  return {
    properties: inputProperties(source, owner, schema, checked, noFacts),
    ...(schema.required === undefined ? {} : { required: schema.required }),
  };
}
