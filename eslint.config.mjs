import tseslint from "typescript-eslint";

/** Folders that may not import each other; the architecture in rules. */
const boundaries = [
  {
    files: ["provider/**/*.ts"],
    patterns: [
      { group: ["@pulumi/*"], message: "The core knows no Pulumi; only sdk/ does." },
      {
        group: ["**/host/*", "**/plugin/*", "**/sdk/*", "**/drift/*", "**/simulator/*", "**/cli/*"],
        message: "The core depends on no host.",
      },
    ],
  },
  {
    files: ["host/**/*.ts"],
    patterns: [{ group: ["**/plugin/*", "**/sdk/*", "**/cli/*"], message: "What hosts share knows none of them." }],
  },
  {
    files: ["plugin/**/*.ts"],
    patterns: [{ group: ["**/sdk/*", "!**/sdk/provider-text", "**/cli/*"], message: "The plugin is no language's." }],
  },
  {
    files: ["simulator/**/*.ts"],
    patterns: [
      { group: ["@pulumi/*", "**/sdk/*", "**/provider/*"], message: "The simulator is a platform, not a client." },
    ],
  },
];

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "docs/api/", "coverage/", ".engine/", ".state/"] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["*.js", "*.mjs"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
      "@typescript-eslint/no-unnecessary-condition": "off",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/require-await": "off",
      // Objects here are closures; none of their functions uses `this`.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_" }],
      "no-console": "error",
      eqeqeq: "error",
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  ...boundaries.map(({ files, patterns }) => ({ files, rules: { "no-restricted-imports": ["error", { patterns }] } })),
  {
    // Declarations of these are read by the TypeScript 3.8 that Pulumi brings for projects without one.
    files: ["provider/**/*.ts", "host/**/*.ts", "plugin/**/*.ts", "sdk/**/*.ts", "drift/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "ImportSpecifier[importKind='type']", message: "Use `import type { … }` in a line of its own." },
      ],
    },
  },
  {
    // The light half of a platform loads the heavy one when a call needs it.
    files: ["provider/platforms/*/index.ts"],
    rules: {
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/consistent-type-imports": "off",
    },
  },
  {
    files: ["cli/**", "engine/**", "scripts/**", "bench/**", "test/**", "examples/**"],
    rules: { "no-console": "off" },
  },
  {
    files: ["**/*.js", "**/*.mjs"],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
