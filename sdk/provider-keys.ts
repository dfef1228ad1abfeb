/** The namespace of this package's settings in a stack's config. */
export const namespace = "inference";

/** Marks the config of an explicit `Provider`, which reaches the dynamic host like a stack's config. */
export const explicitProviderKey = `${namespace}:explicit`;
