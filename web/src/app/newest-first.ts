/** Newest first. The server sends what happened in the order it happened; at one moment, the later is on top. */
export function newestFirst<Happening extends { readonly at: number }>(
  happenings: readonly Happening[],
): readonly Happening[] {
  return happenings.toReversed().toSorted((a, b) => b.at - a.at);
}
