import { z } from 'zod';

import { parseRfc3339 } from './rfc3339.ts';

export const PAGE_LIMIT = 500;

/** Keyset paging: `after` is the `next` of the page before. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(PAGE_LIMIT).default(50),
  after: z.string().max(200).optional(),
});

/** A page of anything; `next` is null on the last one. */
export function pageOf<Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{ items: z.ZodArray<Item>; next: z.ZodNullable<z.ZodString> }> {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

export const idParams = z.object({ id: z.coerce.number().int().positive() });

/** `true`/`false` in a query string. */
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Years 1 to 9999: what RFC 3339 can write and every table can hold. */
const FIRST_MOMENT = -62_135_596_800_000;
const LAST_MOMENT = 253_402_300_799_999;

/** RFC 3339 or epoch milliseconds, given back as epoch milliseconds. */
export const moment = z.union([
  z.coerce.number().int().min(FIRST_MOMENT).max(LAST_MOMENT),
  z.iso.datetime({ offset: true }).transform((text, context) => {
    const parsed = parseRfc3339(text);
    if (parsed === undefined) {
      context.addIssue({ code: 'custom', message: '时间格式不对' });
      return z.NEVER;
    }
    return parsed;
  }),
]);
