import type * as pulumi from "@pulumi/pulumi";

/** A plain type of which every part may be an `Output` or a promise, as Pulumi's users expect of arguments. */
// Texts come first: for TypeScript 3.8 an open set of texts, `"a" | (string & {})`, is an object.
export type DeepInput<Type> = pulumi.Input<
  Type extends string
    ? Type
    : Type extends (infer Item)[]
      ? DeepInput<Item>[]
      : Type extends object
        ? Arguments<Type>
        : Type
>;

/** The members of a plain type as arguments. An optional one may also be given as undefined, as values of a config are. */
export type Arguments<Type> = {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- `{} extends Pick<…>` is how TypeScript tells an optional member
  [Key in keyof Type]: DeepInput<Type[Key]> | ({} extends Pick<Type, Key> ? undefined : never);
};
