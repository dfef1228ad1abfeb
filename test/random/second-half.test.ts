import { testHalf } from "./half";

testHalf(1);
