import { rmSync, writeFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";

export interface EnvironmentFileArgs {
  path: pulumi.Input<string>;
  variables: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** Stands for whatever runs your service: it takes environment variables and keeps them up to date. */
export class EnvironmentFile extends pulumi.dynamic.Resource {
  constructor(name: string, args: EnvironmentFileArgs, options?: pulumi.CustomResourceOptions) {
    super(provider, name, args, options, "example", "EnvironmentFile");
  }
}

interface Inputs {
  path: string;
  variables: Record<string, string>;
}

const provider: pulumi.dynamic.ResourceProvider<Inputs, Inputs> = {
  async create(inputs) {
    write(inputs);
    return { id: inputs.path, outs: inputs };
  },
  async update(_id, _olds, news) {
    write(news);
    return { outs: news };
  },
  async delete(_id, { path }) {
    rmSync(path, { force: true });
  },
};

function write({ path, variables }: Inputs): void {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  writeFileSync(path, `${lines.join("\n")}\n`);
}
