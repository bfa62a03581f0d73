import { commandRoutes } from '#contract/command';

import { call } from '../../../app/call.ts';
import { keepAnswer } from '../../../app/kept.ts';
import { BOOK, type Book } from './book.ts';

const PAGE = 500;
/** More than any hand looks through. */
const PAGES_MOST = 4;

/** Has the contact book on a hand's phone, as far as he may see it. Without a line what is there stays. */
export async function keepBook(): Promise<void> {
  const items: Book['items'] = [];
  let first: Book | undefined;
  let after: string | undefined;
  for (let page = 0; page < PAGES_MOST; page += 1) {
    const found = await call(commandRoutes.listContacts, { query: { limit: PAGE, after } });
    first ??= found;
    items.push(...found.items);
    after = found.next ?? undefined;
    if (after === undefined) break;
  }
  if (first) keepAnswer(BOOK, { ...first, items });
}
