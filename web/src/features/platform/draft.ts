/** A record as it is being typed: every field as text. */
export type Draft = Readonly<Record<string, string>>;

/** A field that two people changed at once. */
export interface Clash {
  readonly field: string;
  readonly mine: string;
  readonly theirs: string;
}

/** What differs from the record as it was read: only this is sent. */
export function changedFields(base: Draft, draft: Draft): readonly string[] {
  return Object.keys(draft).filter((field) => draft[field] !== base[field]);
}

interface Rebased {
  readonly draft: Draft;
  /** Taken over from the other person: fields that I had not touched. */
  readonly taken: readonly string[];
  readonly clashes: readonly Clash[];
}

/**
 * Somebody saved first. What only they changed is taken over, what only I changed stays, and where both did mine stays in the
 * form beside theirs, so that nothing typed is lost and nothing of theirs is overwritten unseen.
 */
export function rebase(base: Draft, draft: Draft, current: Draft): Rebased {
  const mine = new Set(changedFields(base, draft));
  const theirs = changedFields(base, current);
  const taken = theirs.filter((field) => !mine.has(field));
  const clashes = theirs
    .filter((field) => mine.has(field) && draft[field] !== current[field])
    .map((field) => ({ field, mine: draft[field] ?? '', theirs: current[field] ?? '' }));
  const next = Object.fromEntries(
    [...new Set([...Object.keys(draft), ...Object.keys(current)])].map((field) => [
      field,
      (mine.has(field) ? draft[field] : current[field]) ?? '',
    ]),
  );
  return { draft: next, taken, clashes };
}
