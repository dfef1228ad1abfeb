/** Compares the plain public types of inputs with the schemas that check them, while compiling. */
import type { z } from "zod";

/**
 * The schema itself where it accepts exactly what the interface says, and `never` otherwise, so that
 * the declaration of a schema that lags behind its interface does not compile.
 */
export type Agreeing<Inputs, Schema extends z.ZodType> = [Form<Inputs>] extends [Form<z.output<Schema>>]
  ? [Form<z.output<Schema>>] extends [Form<Inputs>]
    ? Schema
    : never
  : never;

/** A type with its optional members spelled out: a missing member and an undefined one are the same here. */
type Form<Type> = Type extends readonly (infer Item)[]
  ? readonly Form<Item>[]
  : Type extends string | number | boolean
    ? Type
    : Type extends object
      ? { [Key in keyof Type]-?: { optional: IsOptional<Type, Key>; value: Form<Exclude<Type[Key], undefined>> } }
      : Type;

type IsOptional<Type, Key extends keyof Type> = Type extends Record<Key, Type[Key]> ? false : true;
