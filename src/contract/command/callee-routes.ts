import { route } from '#contract/http';
import { z } from 'zod';

/** Somebody to be called from where the work is done. */
export const callee = z.object({
  /** Of whoever is on duty: at which platform, in which seat, until when; null for a hotline. */
  duty: z.object({ platform: z.string(), seat: z.string(), until: z.number() }).nullable(),
  name: z.string(),
  post: z.string(),
  /** In clear, and as a link; null where none is kept. */
  phone: z.string().nullable(),
  href: z.string().nullable(),
});
export type Callee = z.infer<typeof callee>;

export const listCallees = route({
  method: 'GET',
  path: '/api/v1/duty-callees',
  room: 'command',
  summary: '现场可以打给谁：本街镇、本场景和区里此刻的值班人，及热线。号码是明文，记入审计',
  access: 'work-order.dispose',
  reply: z.object({ items: z.array(callee) }),
});

export const getWebPushKey = route({
  method: 'GET',
  path: '/api/v1/web-push-key',
  room: 'command',
  summary: '浏览器推送的公钥（RFC 8292）；没有开通浏览器推送通道时为空',
  access: 'session',
  reply: z.object({ publicKey: z.string().nullable() }),
});
