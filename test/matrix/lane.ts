/** One provider's process on one simulator, shared by many cases: each request says which case it belongs to. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providerText } from "../../sdk/provider-text";
import { type RecordedRequest, type Simulator, startSimulator } from "../../simulator";
import { lateLoading } from "../support/late-loading";
import { findLeaks, type Leak, readFolder } from "../support/leaks";
import { startProviderProcess } from "../support/provider-process";
import { type ComingRequest, startGatekeeper } from "../support/provider-process/gatekeeper";
import type { Provider } from "../support/small-engine";
import { type StrikeChoice, strike } from "../support/strike";
import { asProvider } from "./provider";
import { secretInputs, type Subject, subjects } from "./subjects";

export interface Lane {
  simulator: Simulator;
  /** The provider as the engine calls it for one case. The timeout is read at each call. */
  provider(subject: Subject, timeoutSeconds: () => number): Provider;
  /** Calls back for each request of the case, when it comes in and when it is answered. */
  watch(name: string, listener: CaseListener): void;
  /** Secrets in whatever the process wrote or told the engine, and in the texts. */
  leaks(texts: Record<string, string>): Leak[];
  close(): Promise<void>;
}

export interface CaseListener {
  /** Chooses the fault for a request that comes in. */
  arrived(request: RecordedRequest): StrikeChoice;
  /** Chooses whether the connection for a request is refused. */
  refuses(request: ComingRequest): boolean;
  answered(request: RecordedRequest): void;
}

/** Planted, so that they are found wherever they turn up. */
const credentials = {
  deepinfraApiKey: "planted-deepinfra-key-of-the-matrix",
  koreApiKey: "planted-kore-key-of-the-matrix",
  opensearchPassword: "planted-opensearch-password-of-the-matrix",
  foundryClientSecret: "planted-foundry-secret-of-the-matrix",
};

/** From a start until it serves, so that each wait has something to wait for. */
const readyAfterMs = 300;

/** @param refusesConnections each request has a connection of its own, which the case may have refused. */
export async function openLane(refusesConnections: boolean): Promise<Lane> {
  const scenario = Object.assign({}, ...subjects.map((subject) => subject.scenario)) as object;
  const simulator = await startSimulator({ readyAfterMs, credentials, scenario });
  const home = mkdtempSync(join(tmpdir(), "pulumi-inference-matrix-"));
  const listeners = new Map<string, CaseListener>();
  const gatekeeper = await startGatekeeper((request) => listeners.get(request.resource)?.refuses(request) ?? false);
  const guard = `${gatekeeper.port}:${new URL(simulator.url).port}`;
  const process = await startProviderProcess({
    providerText: providerText("modelDeployment"),
    environment: {
      ...environmentOf(simulator),
      PULUMI_HOME: home,
      // Hundreds of cases share what is one account to the provider.
      PULUMI_INFERENCE_REQUESTS_PER_SECOND: "100000",
      // A fault strikes the request of one case; test/contract/shared-reads.test.ts has those of a look that many share.
      PULUMI_INFERENCE_SHARED_READS: "false",
      NODE_OPTIONS: `${lateLoading} --require=${require.resolve("../support/provider-process/request-owner.js")}`,
      ...(refusesConnections ? { TEST_GATEKEEPER: guard } : {}),
    },
  });
  const live = process.withText(providerText("liveDeployment"));
  await live.configure({});
  const ownerOf = ({ rawHeaders }: RecordedRequest) => listeners.get(rawHeaders["x-test-resource"] ?? "");
  strike(simulator, (request) => ownerOf(request)?.arrived(request));
  simulator.subscribe((request) => {
    if (request.status !== undefined || request.fault !== undefined) ownerOf(request)?.answered(request);
  });

  return {
    simulator,
    provider: (subject, timeoutSeconds) =>
      asProvider(subject.resource === "LiveDeployment" ? live : process, timeoutSeconds),
    watch: (name, listener) => void listeners.set(name, listener),
    leaks: (texts) =>
      findLeaks(
        { ...credentials, ...secretInputs },
        {
          ...texts,
          "the provider's log": JSON.stringify(process.log),
          "the process's own output": process.output(),
          ...readFolder(home),
        },
      ),
    close: async () => {
      await process.stop();
      await simulator.close();
      gatekeeper.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Foundry signs in as a client, whose tokens may be renewed in the middle. */
function environmentOf(simulator: Simulator): Record<string, string> {
  const { foundryClientId, foundryClientSecret } = simulator.credentials;
  const { FOUNDRY_TOKEN: _token, ...environment } = simulator.environment();
  return { ...environment, FOUNDRY_CLIENT_ID: foundryClientId, FOUNDRY_CLIENT_SECRET: foundryClientSecret };
}
