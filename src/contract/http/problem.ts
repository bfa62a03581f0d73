import { z } from 'zod';

/** RFC 9457 `application/problem+json` with a stable `code`; `detail` is the Chinese sentence for people. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  instance: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;
