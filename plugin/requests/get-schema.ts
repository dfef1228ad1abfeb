import { readFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../provider/version";
import { messages } from "../protocol";
import type { GetSchemaResponse } from "../protocol";

/** From the package's root, which is one folder further up once it is compiled. */
const file = join("schema", "pulumi-package.json");

export function getSchema(): GetSchemaResponse {
  const schema = JSON.parse(readFileSync(join(packageRoot(), file), "utf8")) as object;
  return new messages.GetSchemaResponse().setSchema(JSON.stringify({ ...schema, version }));
}

function packageRoot(): string {
  const root = join(__dirname, "..", "..");
  return root.endsWith("dist") ? join(root, "..") : root;
}
