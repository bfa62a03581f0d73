import { flag, idParams, pageOf, pageQuery, route } from '#contract/http';
import { FIELD_ROLES, isPhone } from '#model/platform';
import { z } from 'zod';

import { delegation, team } from './account-shapes.ts';

const room = 'platform';
const text = z.string().trim().max(200).nullable();

const teamBody = z.strictObject({
  name: z.string().trim().min(1).max(50),
  unit: text.default(null),
  /** Absent: stays as it is. */
  phone: z.string().trim().refine(isPhone, '须是电话号码').nullable().optional(),
  note: text.default(null),
  members: z
    .array(z.strictObject({ username: z.string().min(1).max(100), leader: z.boolean().default(false) }))
    .max(100),
  /** What the members hold together: field roles only. */
  roles: z.array(z.strictObject({ role: z.enum(FIELD_ROLES), platform: z.string().min(1).max(40) })).max(10),
});

export const listTeams = route({
  method: 'GET',
  path: '/api/v1/teams',
  room,
  summary: '班组及其成员',
  access: 'duty.read',
  query: pageQuery.extend({ search: z.string().max(50).optional(), disbanded: flag.optional() }),
  reply: pageOf(team),
});

export const openTeam = route({
  method: 'POST',
  path: '/api/v1/teams',
  room,
  summary: '成立班组。成员共同持有班组的角色，先接单者负责',
  access: 'roster.manage',
  body: teamBody.extend({
    code: z
      .string()
      .trim()
      .regex(/^[\w.-]{2,40}$/u, '编码为 2–40 个字母、数字、点、横线'),
    platform: z.string().min(1).max(40),
  }),
  reply: team,
  status: 201,
});

export const changeTeam = route({
  method: 'PUT',
  path: '/api/v1/teams/:id',
  room,
  summary: '修改班组的名称、成员、组长、角色，或撤销班组',
  access: 'roster.manage',
  params: idParams,
  body: teamBody.extend({ disbanded: z.boolean().default(false) }),
  reply: team,
});

export const listDelegations = route({
  method: 'GET',
  path: '/api/v1/delegations',
  room,
  summary: '代理（AB 角）：自己的，或管辖范围内的',
  access: 'session',
  query: pageQuery.extend({ of: z.enum(['mine', 'all']).default('mine'), over: flag.optional() }),
  reply: pageOf(delegation),
});

export const openDelegation = route({
  method: 'POST',
  path: '/api/v1/delegations',
  room,
  summary: '安排代理：为自己，或为管辖范围内的人',
  access: 'session',
  body: z.strictObject({
    /** User name of whom it is for; oneself without it. */
    principal: z.string().min(1).max(100).optional(),
    deputy: z.string().trim().min(1).max(100),
    from: z.number().int().positive(),
    to: z.number().int().positive(),
    reason: z.string().trim().min(2, '请写明事由').max(200),
  }),
  reply: delegation,
  status: 201,
});

export const endDelegation = route({
  method: 'POST',
  path: '/api/v1/delegations/:id/end',
  room,
  summary: '提前结束代理',
  access: 'session',
  params: idParams,
  reply: delegation,
});
