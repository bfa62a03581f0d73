import { flag, idParams, moment, pageOf, pageQuery, route } from '#contract/http';
import { isPhone } from '#model/platform';
import { z } from 'zod';

import { contact, contactTeam, store, storeItem } from './contact-shapes.ts';
import { call } from './shapes.ts';

const room = 'command';
const platformCode = z.string().min(1).max(40);
const number = z.number().int().positive();
const phone = z.string().trim().refine(isPhone, { message: '电话须为数字，可含空格、短横和开头的 +' });

const callBody = z.object({
  reason: z.string().trim().max(200).optional(),
  warning: number.optional(),
  workOrder: number.optional(),
});

export const callContact = route({
  method: 'POST',
  path: '/api/v1/contacts/:id/call',
  room,
  summary: '一键拨号：给出号码，同时记入值班日志与审计（须有值守或查看个人信息的权限）',
  access: 'duty.read',
  params: idParams,
  body: callBody,
  reply: call,
});

export const callShift = route({
  method: 'POST',
  path: '/api/v1/shifts/:id/call',
  room,
  summary: '拨给这个班次此刻值班的人，同样留痕',
  access: 'duty.read',
  params: idParams,
  body: callBody,
  reply: call,
});

export const listContacts = route({
  method: 'GET',
  path: '/api/v1/contacts',
  room,
  summary: '通讯录：联系人与班组',
  access: 'duty.read',
  query: pageQuery.extend({
    platform: platformCode.optional(),
    search: z.string().trim().max(50).optional(),
    tag: z.string().trim().max(30).optional(),
    retired: flag.optional(),
  }),
  reply: pageOf(contact).extend({
    /** On the first page: teams that match. */
    teams: z.array(contactTeam),
    /** Tags in use, with how many contacts bear them. */
    tags: z.array(z.object({ tag: z.string(), count: z.number().int() })),
  }),
});

const contactBody = z.object({
  name: z.string().trim().min(1).max(60),
  unit: z.string().trim().max(100).nullable().default(null),
  title: z.string().trim().max(60).nullable().default(null),
  phonePublic: z.boolean().default(false),
  tags: z.array(z.string().trim().min(1).max(30)).max(20).default([]),
  team: number.nullable().default(null),
  note: z.string().trim().max(500).nullable().default(null),
});

export const createContact = route({
  method: 'POST',
  path: '/api/v1/contacts',
  room,
  summary: '加联系人',
  access: 'contact.manage',
  body: contactBody.extend({ platform: platformCode, phone: phone.nullable().default(null) }),
  reply: contact,
  status: 201,
});

export const updateContact = route({
  method: 'PUT',
  path: '/api/v1/contacts/:id',
  room,
  summary: '改联系人；停用的不再列出',
  access: 'contact.manage',
  params: idParams,
  body: contactBody.extend({
    /** Absent: the number stays as it is; null: it is removed. */
    phone: phone.nullable().optional(),
    retired: z.boolean().default(false),
    version: z.number().int(),
  }),
  reply: contact,
});

export const listStores = route({
  method: 'GET',
  path: '/api/v1/stores',
  room,
  summary: '应急物资库',
  access: 'duty.read',
  query: pageQuery.extend({
    platform: platformCode.optional(),
    /** In the store's name or in the names of its items. */
    search: z.string().trim().max(50).optional(),
    retired: flag.optional(),
  }),
  reply: pageOf(store),
});

const storeBody = z.object({
  name: z.string().trim().min(1).max(100),
  address: z.string().trim().max(200).nullable().default(null),
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  /** Contact of the book. */
  keeper: number.nullable().default(null),
  items: z.array(storeItem).max(200),
  checkedAt: moment.nullable().default(null),
  note: z.string().trim().max(500).nullable().default(null),
});

export const createStore = route({
  method: 'POST',
  path: '/api/v1/stores',
  room,
  summary: '加物资库',
  access: 'contact.manage',
  body: storeBody.extend({ platform: platformCode }),
  reply: store,
  status: 201,
});

export const updateStore = route({
  method: 'PUT',
  path: '/api/v1/stores/:id',
  room,
  summary: '改物资库与库存',
  access: 'contact.manage',
  params: idParams,
  body: storeBody.extend({ retired: z.boolean().default(false), version: z.number().int() }),
  reply: store,
});
