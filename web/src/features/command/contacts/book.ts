import type { commandRoutes, Contact } from '#contract/command';
import type { z } from 'zod';

type Page = z.output<typeof commandRoutes.listContacts.reply>;
/** The whole contact book as a hand's phone keeps it, for where there is no signal. */
export type Book = Omit<Page, 'next'>;

/** Under which name it is kept. */
export const BOOK = 'contacts/book';

/** What is found in it, as the server finds it: in name, unit, post and tags; numbers stay as masked as they are. */
export function foundIn(
  { items, teams, tags }: Book,
  { q, tag }: { readonly q?: string | undefined; readonly tag?: string | undefined },
): Page {
  const wanted = q?.toLowerCase() ?? '';
  const found = items.filter((one) => (tag === undefined || one.tags.includes(tag)) && holds(one, wanted));
  return {
    items: found.map((one) => ({ ...one, allowedActions: [] })),
    next: null,
    teams: teams.filter(({ name, unit }) => `${name} ${unit ?? ''}`.toLowerCase().includes(wanted)),
    tags,
  };
}

function holds({ name, unit, title, tags, note }: Contact, wanted: string): boolean {
  return [name, unit, title, note, ...tags].some((part) => part?.toLowerCase().includes(wanted) === true);
}
