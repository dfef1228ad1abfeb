import { testLifecycle } from "./lifecycle-by-host";

testLifecycle("native");
