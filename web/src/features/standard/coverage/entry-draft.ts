import type { LedgerEntry } from '#contract/platform';

/** A line of the ledger as it stands in the form. */
export interface EntryDraft {
  readonly kind: string | undefined;
  readonly town: string | undefined;
  readonly name: string;
  readonly quantity: number | null;
  readonly object: string;
  readonly source: string;
  readonly asOf: string;
  readonly note: string;
}

const NOTHING: EntryDraft = {
  kind: undefined,
  town: undefined,
  name: '',
  quantity: null,
  object: '',
  source: '',
  asOf: '',
  note: '',
};

/** The form of a line that is held, or an empty one. */
export function draftOf(entry: LedgerEntry | undefined): EntryDraft {
  if (!entry) return NOTHING;
  const { kind, town, name, quantity, object, source, asOf, note } = entry;
  return {
    kind,
    town,
    name: name ?? '',
    quantity,
    object: object?.code ?? '',
    source,
    asOf,
    note: note ?? '',
  };
}

export function isNamed({ name }: EntryDraft): boolean {
  return name.trim() !== '';
}

/** What the form says of a line: a named one may be an object, a figure has a number. Undefined until it is whole. */
export function factsOf(draft: EntryDraft) {
  const { quantity, object, source, asOf, note } = draft;
  if (source.trim() === '' || asOf === '') return undefined;
  const facts = { source: source.trim(), asOf, note: orNull(note) };
  if (isNamed(draft)) return { ...facts, object: orNull(object) };
  return quantity === null ? undefined : { ...facts, quantity };
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
