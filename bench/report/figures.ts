/** What is read from one measurement. */
import type { Measurement } from "../measurement";

export type Figure = (measurement: Measurement) => number | undefined;

const megabyte = 1024 * 1024;

export const wall: Figure = ({ wallSeconds }) => wallSeconds;
export const cpu: Figure = ({ cpuSeconds }) => cpuSeconds;
export const firstRequest: Figure = ({ firstRequestSeconds }) => firstRequestSeconds;
export const tail: Figure = ({ wait }) => wait?.tailSeconds;
export const inFlight: Figure = ({ wait }) => wait?.inFlight;
export const bytesPerResource: Figure = ({ state }) => state?.bytesPerResource;
export const codeBytes: Figure = ({ state }) => state?.codeBytesPerResource;
export const providerPeak: Figure = ({ providerPeakBytes }) => providerPeakBytes && providerPeakBytes / megabyte;
export const treePeak: Figure = ({ treePeakBytes }) => treePeakBytes && treePeakBytes / megabyte;
export const requests: Figure = (measurement) =>
  Object.values(measurement.requests).reduce((total, count) => total + count, 0);
export const requestsPerDeployment: Figure = (measurement) => (requests(measurement) ?? 0) / measurement.count;

export const requestsOf =
  (route: string): Figure =>
  ({ requests: counts, count }) =>
    (counts[route] ?? 0) / count;
