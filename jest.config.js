const { compilerOptions } = require("./tsconfig.json");

/** Transpiles only; `npm run check` type-checks. v8 coverage leaves the code that Pulumi serialises untouched. */
const transform = {
  "^.+\\.ts$": ["ts-jest", { diagnostics: false, tsconfig: { ...compilerOptions, isolatedModules: true } }],
};

const shared = {
  testEnvironment: "node",
  transform,
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
};

module.exports = {
  reporters: ["default", "<rootDir>/test/support/closing-line.js"],
  testSequencer: "<rootDir>/test/support/longest-first.js",
  coverageProvider: "v8",
  // Tests that drive the engine wait a third of their time, and keep two cores busy by three.
  maxWorkers: 3,
  // Against a hang only: machines are shared, and no test depends on how fast one is.
  testTimeout: 300_000,
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/engine/"],
    },
    {
      ...shared,
      displayName: "engine",
      testMatch: ["<rootDir>/test/engine/**/*.test.ts"],
      globalSetup: "<rootDir>/test/support/engine/global-setup.ts",
    },
  ],
};
