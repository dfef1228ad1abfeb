import type * as pulumi from "@pulumi/pulumi";

/** A plain type of which every part may be an `Output` or a promise, as Pulumi's users expect of arguments. */
export type DeepInput<Type> = pulumi.Input<
  Type extends (infer Item)[]
    ? DeepInput<Item>[]
    : Type extends object
      ? { [Key in keyof Type]: DeepInput<Type[Key]> }
      : Type
>;

/** The same for a resource's arguments, which are themselves always a plain object. */
export type Arguments<Type> = { [Key in keyof Type]: DeepInput<Type[Key]> };
