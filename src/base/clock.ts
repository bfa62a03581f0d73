/** Where the time comes from: the wall clock of the process, or a clock a test holds. Epoch milliseconds. */
export interface Clock {
  now(): number;
}
