/**
 * What is written down before a platform is asked to make something, so that a run that is killed
 * before Pulumi has saved the id leaves a trace that the next run finds.
 */

/** One creation that was about to be asked for. Holds no secret. */
export interface Intent {
  /** The resource's URN. */
  urn: string;
  /** The platform's id: `deepinfra`. */
  platform: string;
  /** The base URL of the account's API. */
  account: string;
  /** What the platform recognises the deployment by: `InputRules.identity`. */
  name: string;
  /** A keyed hash of the inputs, to know whether they are still the same. */
  inputs: string;
  /** When it was asked for, by this machine's clock: ISO 8601. */
  startedAt: string;
  /** The platform's id of the deployment, once it has answered. */
  deploymentId?: string;
  /** The platform's own facts from that answer: ids of jobs and tasks. */
  details?: Record<string, unknown>;
}

/** The note on one resource. */
export interface IntentRecord {
  read(): Promise<Intent | undefined>;
  /** Rejects when it cannot be kept, on a full disk say. The resource is the record's own. */
  write(intent: Omit<Intent, "urn">): Promise<void>;
  remove(): Promise<void>;
}

/** For calls that make nothing, and for hosts that do not know which resource a call is for. */
export const noIntentRecord: IntentRecord = {
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};

/**
 * Drops the note once the engine shows that it has the deployment's id. A note on another deployment
 * stays: a replacement that was interrupted has one beside the deployment that it replaces.
 */
export async function forgetSaved(record: IntentRecord, deploymentId: string): Promise<void> {
  const intent = await record.read();
  if (intent?.deploymentId === deploymentId) await record.remove();
}
