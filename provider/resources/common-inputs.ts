/** Inputs that every resource has beside its platform's own. */

/** What to do with a deployment that was made and did not become ready. */
export type OnCreateFailure = "keep" | "remove";

/** What every deployment has beside its platform's own inputs. */
export interface CommonInputs {
  /**
   * Whether create and update wait until the deployment is ready. Without it they return as soon as
   * the platform has accepted. Changing it touches no deployment.
   *
   * @default true
   */
  waitForReady?: boolean;
  /**
   * The platform's id of an existing deployment to take over instead of making one. It is read and
   * brought to the program's configuration where that can be done in place, and refused otherwise.
   * Used when the resource is created; changing it later touches no deployment.
   */
  adopt?: string;
  /**
   * What happens when the deployment was made and fails or is late: `keep` leaves it in state, so
   * that the next `pulumi up` resumes or replaces it; `remove` removes it from the platform.
   *
   * @default "keep"
   */
  onCreateFailure?: OnCreateFailure;
  /**
   * US dollars that an hour of the deployment may cost, with as many replicas as load may scale it up to. What
   * would cost more is refused right before it is asked for; so is what nobody can tell the price of. Only where
   * the platform tells prices: DeepInfra. Changing it touches no deployment.
   */
  maxUsdPerHour?: number;
}

export const commonInputKeys = ["waitForReady", "adopt", "onCreateFailure", "maxUsdPerHour"] as const;
