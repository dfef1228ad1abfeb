/** How a resource's inputs hold a platform's block. The one place where the two resources differ. */
import type { Platform, Problem } from "../platform";
import { containsUnknown, isUnknown } from "../inputs/unknown";
import { suggestion } from "../inputs/suggestion";
import { commonInputKeys } from "./common-inputs";

/** Any platform, whatever its inputs are. The registry's entries are typed; the core is generic over them. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- inputs are checked by the platform's own rules before use
export type AnyPlatform = Platform<any>;

/** One platform's part of a resource's inputs. */
export interface Block {
  platform: AnyPlatform;
  inputs: Record<string, unknown>;
}

export interface ResourceKind {
  /** `ModelDeployment`. */
  name: string;
  platforms: readonly AnyPlatform[];
  /** The block that the inputs (or a state) hold; undefined when there is none, or not exactly one. */
  blockOf(properties: Properties): Block | undefined;
  /** What a check looks at when no input of a block is given; absent where that is wrong in itself. */
  emptyBlock?: Block;
  /** What is wrong with the inputs outside the block. */
  problemsAround(properties: Properties): Problem[];
  /** The properties with the block's inputs put in the place of the old ones. */
  withBlock(properties: Properties, block: Block): Properties;
  /** The path of an input of the block, as the user writes it. */
  pathOf(platform: AnyPlatform, path: string): string;
  /** The names of all inputs, to tell them from outputs. */
  inputKeys(): string[];
}

export type Properties = Record<string, unknown>;

/** A resource with one block for each platform, of which exactly one is given. */
export function kindWithBlocks(name: string, platforms: readonly AnyPlatform[]): ResourceKind {
  const ids = platforms.map(({ id }) => id);
  const given = (properties: Properties): AnyPlatform[] => platforms.filter(({ id }) => properties[id] !== undefined);
  const list = ids.map((id) => `\`${id}\``).join(", ");

  return {
    name,
    platforms,
    blockOf(properties) {
      const [platform, ...others] = given(properties);
      if (platform === undefined || others.length > 0) return undefined;
      const inputs = properties[platform.id];
      return isUnknown(inputs) || !isRecord(inputs) ? undefined : { platform, inputs };
    },
    problemsAround(properties) {
      const problems = unknownKeys(properties, ids);
      const blocks = given(properties);
      if (blocks.length === 0) problems.push({ path: "", message: `exactly one of ${list} is required, got none` });
      if (blocks.length > 1) {
        const names = blocks.map(({ id }) => `\`${id}\``).join(" and ");
        problems.push({ path: "", message: `exactly one of ${list} is allowed, got ${names}` });
      }
      for (const { id } of blocks) {
        const value = properties[id];
        if (!isUnknown(value) && !isRecord(value)) problems.push({ path: id, message: "must be an object" });
      }
      return problems;
    },
    withBlock: (properties, { platform, inputs }) => ({ ...properties, [platform.id]: inputs }),
    pathOf: (platform, path) => (path === "" ? platform.id : `${platform.id}.${path}`),
    inputKeys: () => [...ids, ...commonInputKeys],
  };
}

/** A resource of one platform, whose inputs stand at the top level. */
export function kindOfOnePlatform(name: string, platform: AnyPlatform, keys: readonly string[]): ResourceKind {
  return {
    name,
    platforms: [platform],
    blockOf(properties) {
      const inputs = pick(properties, keys);
      return Object.keys(inputs).length === 0 ? undefined : { platform, inputs };
    },
    emptyBlock: { platform, inputs: {} },
    problemsAround: (properties) => unknownKeys(properties, keys),
    withBlock: (properties, { inputs }) => ({ ...omit(properties, keys), ...inputs }),
    pathOf: (_platform, path) => path,
    inputKeys: () => [...keys, ...commonInputKeys],
  };
}

function unknownKeys(properties: Properties, blockKeys: readonly string[]): Problem[] {
  const known = [...blockKeys, ...commonInputKeys];
  return Object.keys(properties)
    .filter((key) => !known.includes(key) && !key.startsWith("__") && properties[key] !== undefined)
    .map((key) => ({ path: key, message: `is not a known property${suggestion(key, known)}` }));
}

/** The inputs among a state's properties. */
export function inputsOf(kind: ResourceKind, properties: Properties): Properties {
  return pick(properties, kind.inputKeys());
}

/** Whether the block, or which block it is, is not known yet. */
export function blockIsUnknown(kind: ResourceKind, properties: Properties): boolean {
  return kind.blockOf(properties) === undefined && containsUnknown(properties);
}

function pick(properties: Properties, keys: readonly string[]): Properties {
  return Object.fromEntries(keys.filter((key) => properties[key] !== undefined).map((key) => [key, properties[key]]));
}

function omit(properties: Properties, keys: readonly string[]): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !keys.includes(key)));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
