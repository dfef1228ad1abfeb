import { testLifecycle } from "./lifecycle-by-host";

testLifecycle("dynamic");
