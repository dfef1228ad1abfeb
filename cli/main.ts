#!/usr/bin/env node
/** The command `pulumi-inference`. */
import { Command } from "commander";
import { version } from "../provider/version";
import { costCommand } from "./cost/command";
import { driftCommand } from "./drift/command";
import { importCommand } from "./import/command";
import { orphansCommand } from "./orphans/command";
import { simulateCommand } from "./simulate/command";

const program = new Command("pulumi-inference")
  .description("Companion of the Pulumi provider for GPU model deployments")
  .version(version)
  .addCommand(simulateCommand())
  .addCommand(orphansCommand())
  .addCommand(driftCommand())
  .addCommand(importCommand())
  .addCommand(costCommand());

void program.parseAsync();
