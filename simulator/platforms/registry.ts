/** The simulated platforms, one line each. */

export const platforms = [] as const;
