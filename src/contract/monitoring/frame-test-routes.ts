import { route } from '#contract/http';
import { z } from 'zod';

export const testFrames = route({
  method: 'POST',
  path: '/api/v1/frame-tests',
  room: 'monitoring',
  summary: '接入测试：解读粘贴来的报文，说收不收、为什么、谁发的；不存任何数据',
  access: 'device.read',
  body: z.object({
    protocol: z.enum(['hj212', 'sl651', 'gb26875']),
    /** Text or hex, a frame a line. */
    text: z.string().min(1).max(100_000),
  }),
  reply: z.object({
    items: z.array(
      z.object({
        accept: z.boolean(),
        /** Why it would be refused, in words. */
        reason: z.string().nullable(),
        /** Who it says it is from, and whether that device is registered within the caller's reach. */
        code: z.string().nullable(),
        device: z.number().int().nullable(),
        decode: z.record(z.string(), z.unknown()).nullable(),
      }),
    ),
    /** Lines beyond the first hundred are not read. */
    left: z.number().int(),
  }),
});
