import { z } from 'zod';
import { type Basis, BASIS_TAGS } from '#model/standard';

const text = z.string().min(1);

export const basis = z.strictObject({
  tag: z.enum(BASIS_TAGS),
  document: text,
  clause: text.exactOptional(),
  url: text.exactOptional(),
  verified: z.boolean(),
  note: text.exactOptional(),
}) satisfies z.ZodType<Basis>;
