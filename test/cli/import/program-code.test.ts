/** The code that an import writes. */
import { runInNewContext } from "node:vm";
import ts from "typescript";
import { programCode } from "../../../cli/import/program-code";

const code = (more: object = {}) =>
  programCode({ kind: "ModelDeployment", name: "llama", inputs: {}, protect: false, ...more });

it("is what a person would write", () => {
  const inputs = { deepinfra: { modelName: "llama", settings: { minInstances: 0 }, extraArgs: ["-a", "-b"] } };

  expect(code({ name: "my-llama", inputs, protect: true, provider: "eu west", parent: "team" })).toBe(
    `import * as inference from "pulumi-inference";

const myLlama = new inference.ModelDeployment("my-llama", {
  deepinfra: {
    modelName: "llama",
    settings: {
      minInstances: 0,
    },
    extraArgs: ["-a", "-b"],
  },
}, { parent: team, provider: euWest, protect: true });
`,
  );
});

it.each([
  ["llama", "llama"],
  ["My.Llama_2", "myLlama2"],
  ["new", "newDeployment"],
  ["inference", "inferenceDeployment"],
  ["2nd", "deployment2nd"],
  ["…", "deployment"],
])("calls the variable of %s %s", (name, variable) => {
  expect(code({ name })).toContain(`const ${variable} = new`);
});

it("is one program, whatever the texts hold, and commands no terminal", () => {
  const inputs = {
    a: { "LOG-LEVEL": '"\n\u001b[31m\u009b\u202e`${x}`', __proto__: 1, "x y": [true, 1.5] },
    ["__proto__"]: "p",
  };
  const text = code({ inputs, name: 'q"\n' });
  const { diagnostics = [], outputText } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });

  expect(diagnostics).toEqual([]);
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
  const made: unknown[] = [];
  const inference = {
    ModelDeployment: class {
      constructor(...values: unknown[]) {
        made.push(...values);
      }
    },
  };
  runInNewContext(outputText, { require: () => inference, exports: {} });
  expect(made).toEqual(['q"\n', inputs]);
});
