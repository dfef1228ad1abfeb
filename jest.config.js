/** Transpiles only; `npm run check` type-checks. v8 coverage leaves the code that Pulumi serialises untouched. */
const transform = { "^.+\\.ts$": ["ts-jest", { isolatedModules: true, diagnostics: false, tsconfig: "tsconfig.json" }] };

module.exports = {
  testEnvironment: "node",
  transform,
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  coverageProvider: "v8",
  testTimeout: 30_000,
};
