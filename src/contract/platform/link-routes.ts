import { idParams, route } from '#contract/http';
import { LINK_KINDS } from '#model/platform';
import { z } from 'zod';

const objectLink = z.object({
  /** Of the other object. */
  id: z.number().int(),
  code: z.string(),
  name: z.string(),
  kind: z.enum(LINK_KINDS),
  /** Written at this object; else at the other one, and edited there. */
  own: z.boolean(),
});
export type ObjectLink = z.infer<typeof objectLink>;

const reply = z.object({ items: z.array(objectLink) });

export const listObjectLinks = route({
  method: 'GET',
  path: '/api/v1/objects/:id/links',
  room: 'platform',
  summary: '监测对象的关联对象：复合体征按关联读取事实，两端互见',
  access: 'object.read',
  params: idParams,
  reply,
});

export const putObjectLinks = route({
  method: 'PUT',
  path: '/api/v1/objects/:id/links',
  room: 'platform',
  summary: '设置写在本对象上的关联对象，整组替换；写在对方的、对方对象不在您管辖范围内的不受影响',
  access: 'object.manage',
  params: idParams,
  body: z.object({
    links: z.array(z.object({ object: z.string().max(100), kind: z.enum(LINK_KINDS) })).max(100),
  }),
  reply,
});
