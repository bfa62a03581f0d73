import { idParams, pageOf, pageQuery, route } from '#contract/http';
import { z } from 'zod';

import { review, reviewItem } from './account-shapes.ts';

const room = 'platform';

export const listReviews = route({
  method: 'GET',
  path: '/api/v1/account-reviews',
  room,
  summary: '账号定期复核：进度，以及超过一个季度没有复核的平台',
  access: 'account.read',
  query: pageQuery,
  reply: pageOf(review).extend({
    overdue: z.array(
      z.object({
        platform: z.string(),
        platformName: z.string(),
        accounts: z.number().int(),
        lastReviewedAt: z.number().nullable(),
      }),
    ),
  }),
});

export const openReview = route({
  method: 'POST',
  path: '/api/v1/account-reviews',
  room,
  summary: '发起一个平台及其下级的账号复核',
  access: 'account.request',
  body: z.strictObject({ platform: z.string().min(1).max(40) }),
  reply: review,
  status: 201,
});

export const listReviewItems = route({
  method: 'GET',
  path: '/api/v1/account-reviews/:id/items',
  room,
  summary: '一次复核里的账号，未定的在前',
  access: 'account.read',
  params: idParams,
  query: pageQuery.extend({ open: z.enum(['true', 'false']).optional() }),
  reply: pageOf(reviewItem),
});

export const giveVerdict = route({
  method: 'POST',
  path: '/api/v1/account-reviews/:id/verdict',
  room,
  summary: '复核结论：保留，或提交注销申请',
  access: 'account.request',
  params: idParams,
  body: z.strictObject({
    accounts: z.array(z.number().int().positive()).min(1).max(100),
    verdict: z.enum(['confirmed', 'close']),
    note: z.string().trim().max(500).default(''),
  }),
  reply: z.object({ id: z.number().int(), left: z.number().int() }),
});
