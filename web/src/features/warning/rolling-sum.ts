/** One reading as the chart needs it. */
export interface Sample {
  readonly at: number;
  readonly value: number;
}

/**
 * The sum over the window that ends at each sample, oldest sample first. A sample exactly one window old has left it.
 * For drawing only: what the sign decided is in the warning's history.
 */
export function rollingSum(samples: readonly Sample[], windowMs: number): readonly Sample[] {
  let from = 0;
  let sum = 0;
  return samples.map(({ at, value }) => {
    sum += value;
    for (let oldest = samples[from]; oldest && oldest.at <= at - windowMs; oldest = samples[from]) {
      sum -= oldest.value;
      from += 1;
    }
    return { at, value: Math.round(sum * 1e6) / 1e6 };
  });
}
