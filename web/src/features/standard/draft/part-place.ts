import type { Document, DocumentSign } from './sign-draft.ts';

export type DocumentElement = Document['elements'][number];
export type DocumentItem = Document['items'][number];
export type DocumentParameter = Document['parameters'][number];
export type DocumentEntry = Document['handbook'][number];

/** The rows with one put in its place, added where there was none, or taken out (null). */
function putRow<Row>(rows: readonly Row[], isSame: (row: Row) => boolean, next: Row | null): Row[] {
  if (next === null) return rows.filter((row) => !isSame(row));
  return rows.some(isSame) ? rows.map((row) => (isSame(row) ? next : row)) : [...rows, next];
}

interface Coded {
  readonly code: string;
}

const hasCode =
  (code: string) =>
  (row: Coded): boolean =>
    row.code === code;

/** Where rows stand in a document, list by list; null takes one out. */
export const signPlace = (code: string) => ({
  read: ({ signs }: Document): DocumentSign | null => signs.find(hasCode(code)) ?? null,
  write: (document: Document, next: DocumentSign | null): Document => ({
    ...document,
    signs: putRow(document.signs, hasCode(code), next),
  }),
});

export const elementPlace = (code: string) => ({
  read: ({ elements }: Document): DocumentElement | null => elements.find(hasCode(code)) ?? null,
  write: (document: Document, next: DocumentElement | null): Document => ({
    ...document,
    elements: putRow(document.elements, hasCode(code), next),
  }),
});

export const itemPlace = (code: string) => ({
  read: ({ items }: Document): DocumentItem | null => items.find(hasCode(code)) ?? null,
  write: (document: Document, next: DocumentItem | null): Document => ({
    ...document,
    items: putRow(document.items, hasCode(code), next),
  }),
});

export const parameterPlace = (code: string) => ({
  read: ({ parameters }: Document): DocumentParameter | null => parameters.find(hasCode(code)) ?? null,
  write: (document: Document, next: DocumentParameter | null): Document => ({
    ...document,
    parameters: putRow(document.parameters, hasCode(code), next),
  }),
});

export type EntryKey = Pick<DocumentEntry, 'item' | 'level'>;

export function isSameEntry(one: EntryKey, other: EntryKey): boolean {
  return one.item === other.item && one.level === other.level;
}

export const entryPlace = (key: EntryKey) => ({
  read: ({ handbook }: Document): DocumentEntry | null =>
    handbook.find((one) => isSameEntry(one, key)) ?? null,
  write: (document: Document, next: DocumentEntry | null): Document => ({
    ...document,
    handbook: putRow(document.handbook, (one) => isSameEntry(one, key), next),
  }),
});
