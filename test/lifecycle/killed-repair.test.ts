import { diff } from "../../provider/lifecycle/diff";
import { read } from "../../provider/lifecycle/read";
import type { Phase } from "../../provider/platform";
import { createFakeCall } from "../support/fake-call";
import { snapshot } from "../support/fake-platform";

const acme = { name: "n", weights: "m" };

test.each(["stopped", "failed"] as Phase[])(
  "one that was %s and is on its way is waited for, since a repair that was killed says nothing",
  async (status) => {
    const call = createFakeCall();
    call.platform.shows(snapshot("pending"));

    const found = await read(call, "acme/d1", { acme, platform: "acme", deploymentId: "d1", status, details: {} });

    expect(diff(call.kind, found?.state ?? {}, { acme })).toMatchObject({ repair: "update" });
    expect(diff(call.kind, found?.state ?? {}, { acme, waitForReady: false })).toMatchObject({ repair: "none" });
  },
);
