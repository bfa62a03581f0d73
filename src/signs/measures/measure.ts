/** What of a point's readings a sign looks at, with what it must remember of them. Readings come in order of time. */
export interface Measure {
  /**
   * Takes a good reading in (`at` epoch ms) and gives what is to be compared at its moment: NaN while there is nothing to
   * compare with yet. `freshMs` is how long the reading before it was good for. Asked again for the same moment it only answers.
   */
  next(at: number, value: number, freshMs?: number): number;
  /** What it comes to at a later moment while the last reading still stands; absent where only readings move it. */
  later?(at: number): number;
}
