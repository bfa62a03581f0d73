import { idParams, route } from '#contract/http';
import { LEVELS } from '#model/warning';
import { z } from 'zod';

const room = 'response';
const LINKS = '/api/v1/order-links';
const text = (most: number) => z.string().trim().min(1).max(most);

/** A link as the people of the order see it; its token is told once, to whoever made it. */
export const orderLink = z.object({
  id: z.number().int(),
  person: z.string(),
  handUnit: z.string(),
  madeBy: z.string(),
  madeAt: z.number(),
  until: z.number(),
  openedAt: z.number().nullable(),
  arrivedAt: z.number().nullable(),
  outcome: z.enum(['done', 'cannot']).nullable(),
  outcomeAt: z.number().nullable(),
  state: z.enum(['waiting', 'opened', 'arrived', 'done', 'cannot', 'ended', 'expired']),
});
export type OrderLink = z.infer<typeof orderLink>;

export const listOrderLinks = route({
  method: 'GET',
  path: '/api/v1/work-orders/:id/links',
  room,
  summary: '一张工单的一次性链接：给了谁、到何时、办到哪一步',
  access: 'work-order.read',
  params: idParams,
  reply: z.object({ items: z.array(orderLink), mayIssue: z.boolean() }),
});

export const issueOrderLink = route({
  method: 'POST',
  path: '/api/v1/work-orders/:id/links',
  room,
  summary: '给没有账号的企业、物业、维保人员开一个一次性链接；链接只显示这一次',
  access: 'work-order.read',
  params: idParams,
  body: z.object({
    person: text(40),
    handUnit: text(60),
    /** Whom he may call. */
    callPhone: z
      .string()
      .trim()
      .regex(/^\+?[\d-]{3,20}$/u, '不是电话号码')
      .optional(),
    hours: z.number().int().min(1).max(168),
  }),
  reply: z.object({ link: orderLink, path: z.string() }),
  status: 201,
});

export const endOrderLink = route({
  method: 'POST',
  path: `${LINKS}/:id/end`,
  room,
  summary: '收回一个一次性链接',
  access: 'work-order.read',
  params: idParams,
  reply: orderLink,
});

/** What a hand without an account sees of its order, and nothing else of the system. */
export const handOrder = z.object({
  /** Of the link. */
  id: z.number().int(),
  code: z.string(),
  person: z.string(),
  handUnit: z.string(),
  until: z.number(),
  item: z.string(),
  level: z.enum(LEVELS),
  object: z.object({ name: z.string(), town: z.string().nullable(), lat: z.number(), lon: z.number() }),
  told: z.string().nullable(),
  steps: z.array(z.string()),
  /** Who is accountable, and whom to call. */
  accountable: z.string().nullable(),
  unit: z.string(),
  callPhone: z.string().nullable(),
  arrivedAt: z.number().nullable(),
  outcome: z.enum(['done', 'cannot']).nullable(),
  /** What this link has told so far. */
  said: z.array(
    z.object({ at: z.number(), text: z.string(), note: z.string().nullable(), photos: z.number().int() }),
  ),
});
export type HandOrder = z.infer<typeof handOrder>;

/** A token as it stands behind `/l#`. */
const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/u, '链接不完整');

export const openOrderLink = route({
  method: 'POST',
  path: `${LINKS}/open`,
  room,
  summary: '打开一次性链接；第一个打开的浏览器才能用',
  access: 'public',
  body: z.object({ token }),
  reply: handOrder,
});

export const HAND_ACTIONS = ['arrive', 'feed-back', 'done', 'cannot'] as const;

export const actByLink = route({
  method: 'POST',
  path: `${LINKS}/:id/acts`,
  room,
  summary: '经一次性链接：到场、反馈、已完成、办不了。责任人不变，由他推进工单',
  access: 'public',
  params: idParams,
  body: z
    .object({
      action: z.enum(HAND_ACTIONS),
      note: z.string().trim().max(1000).optional(),
      photos: z.array(z.number().int()).max(9).optional(),
      location: z
        .object({
          lat: z.number().min(-90).max(90),
          lon: z.number().min(-180).max(180),
          accuracy: z.number().min(0).max(1e6).optional(),
        })
        .optional(),
      /** Set by the page, so that what is sent again is done once. */
      key: z.string().min(8).max(60),
    })
    .refine(({ action, note }) => action === 'arrive' || action === 'done' || (note ?? '') !== '', {
      error: '请写明情况或原因',
      path: ['note'],
    }),
  reply: handOrder,
});

export const photoByLink = route({
  method: 'POST',
  path: `${LINKS}/:id/photos`,
  room,
  summary: '经一次性链接上传现场照片，随下一步写进经过',
  access: 'public',
  params: idParams,
  rawBody: { types: ['image/jpeg', 'image/png', 'image/webp'], limitBytes: 8_000_000 },
  reply: z.object({ id: z.number().int() }),
  status: 201,
});
