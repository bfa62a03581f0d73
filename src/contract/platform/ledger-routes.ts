import { flag, idParams, pageOf, pageQuery, route } from '#contract/http';
import { z } from 'zod';

import { ledgerEntry, objectKind } from './ledger-shapes.ts';
import { day } from './organisation-shapes.ts';

const room = 'platform';
const KINDS = '/api/v1/object-kinds';
const LEDGER = '/api/v1/ledger-entries';

const code = z.string().trim().min(1).max(40);
const line = (longest: number) => z.string().trim().min(1).max(longest);
const version = z.number().int().positive().max(2_147_483_647);
const elements = z.array(code).min(1, '请至少选一项必配要素').max(50);

export const listObjectKinds = route({
  method: 'GET',
  path: KINDS,
  room,
  summary: '对象类别：每个场景监测哪几类对象，每类必配哪些要素',
  access: 'standard.read',
  query: pageQuery.extend({ scenario: code.optional() }),
  reply: pageOf(objectKind),
});

export const createObjectKind = route({
  method: 'POST',
  path: KINDS,
  room,
  summary: '新增一类对象',
  access: 'object.manage',
  body: z.strictObject({ scenario: code, name: line(60), elements, basis: line(300) }),
  reply: objectKind,
  status: 201,
});

export const updateObjectKind = route({
  method: 'PUT',
  path: `${KINDS}/:id`,
  room,
  summary: '修改一类对象的名称和必配要素；改过的不再随默认文件更新',
  access: 'object.manage',
  params: idParams,
  body: z.strictObject({ version, name: line(60), elements, basis: line(300) }),
  reply: objectKind,
});

export const listLedger = route({
  method: 'GET',
  path: LEDGER,
  room,
  summary: '底数台账：应监测的对象，按场景、类别、属地的数量，以及逐个的名称',
  access: 'object.read',
  query: pageQuery.extend({
    scenario: code.optional(),
    /** Code of the kind. */
    kind: code.optional(),
    /** Code of the platform within which it lies. */
    under: code.optional(),
    search: z.string().max(50).optional(),
    /** Only named ones that are (not) registered as objects. */
    registered: flag.optional(),
  }),
  reply: pageOf(ledgerEntry),
});

const entryFacts = {
  /** For a figure; a named one is 1. */
  quantity: z.number().int().min(0).max(10_000_000).optional(),
  /** Code of the monitored object a named one is; null for none. */
  object: z.string().trim().max(64).nullable().optional(),
  source: line(200),
  asOf: day,
  note: z.string().trim().max(500).nullable().default(null),
};

export const createLedgerEntry = route({
  method: 'POST',
  path: LEDGER,
  room,
  summary: '登记一条底数：一类对象在一个街镇（居村）的数量，或其中一个的名称',
  access: 'object.manage',
  body: z.strictObject({
    /** Code of the kind. */
    kind: code,
    town: code,
    village: code.optional(),
    name: line(200).optional(),
    ...entryFacts,
  }),
  reply: ledgerEntry,
  status: 201,
});

export const updateLedgerEntry = route({
  method: 'PUT',
  path: `${LEDGER}/:id`,
  room,
  summary: '修改一条底数的数量、对应的对象、来源和截至日期',
  access: 'object.manage',
  params: idParams,
  body: z.strictObject({ version, ...entryFacts }),
  reply: ledgerEntry,
});

export const removeLedgerEntry = route({
  method: 'DELETE',
  path: `${LEDGER}/:id`,
  room,
  summary: '删去一条底数，写明理由；记入审计',
  access: 'object.manage',
  params: idParams,
  query: z.object({
    version: z.coerce.number().int().positive(),
    reason: z.string().trim().min(2).max(200),
  }),
  reply: z.null(),
  status: 204,
});
