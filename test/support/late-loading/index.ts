/** For the variable `NODE_OPTIONS` of Pulumi's processes. In quotes, as a path may hold blanks. */
export const lateLoading = `--require ${JSON.stringify(require.resolve("./preload.js"))}`;
