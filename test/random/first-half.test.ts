import { testHalf } from "./half";

testHalf(0);
