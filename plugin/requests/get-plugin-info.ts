import type { PluginInfo as Answer } from "@pulumi/pulumi/proto/plugin_pb";
import { version } from "../../provider/version";
import { PluginInfo } from "../protocol";

export function getPluginInfo(): Answer {
  return new PluginInfo().setVersion(version);
}
