/** JSON schemas of TypeScript types, by the compiler. */
import * as typescriptJsonSchema from "typescript-json-schema";
import type { JsonSchema } from "./input-types";

export interface TypescriptTypes {
  schemaOf(type: string, settings: typescriptJsonSchema.PartialArgs): JsonSchema;
}

/** @param files that hold the types, with their whole paths. */
export function readTypes(files: string[]): TypescriptTypes {
  const program = typescriptJsonSchema.getProgramFromFiles(files, {
    strictNullChecks: true,
    exactOptionalPropertyTypes: false,
    skipLibCheck: true,
    moduleResolution: "node",
    target: "es2022",
    esModuleInterop: true,
    types: ["node"],
  });
  return {
    schemaOf: (type, settings) => {
      const schema = typescriptJsonSchema.generateSchema(program, type, {
        required: true,
        titles: false,
        ignoreErrors: true,
        ...settings,
      });
      if (schema === null) throw new Error(`no schema could be made of ${type}`);
      return schema as JsonSchema;
    },
  };
}

/** For the package's schema: parts as definitions, and the texts behind `@deprecated`. */
export const forPackage: typescriptJsonSchema.PartialArgs = {
  noExtraProps: true,
  ref: true,
  validationKeywords: ["deprecated"],
};
