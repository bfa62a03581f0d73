import { idParams, pageOf, pageQuery, route } from '#contract/http';
import { MISMATCH_KINDS } from '#model/operations';
import { z } from 'zod';

import { chainGrid, chainTest, mismatch, reconciliation, watchdog } from './alive-shapes.ts';

export const listChainTests = route({
  method: 'GET',
  path: '/api/v1/chain-tests',
  room: 'operations',
  summary: '链路自检：各场景最近若干天，断在哪一步、从什么时候起',
  access: 'fault.read',
  query: z.object({ days: z.coerce.number().int().min(1).max(90).default(30) }),
  reply: chainGrid,
});

export const getChainTest = route({
  method: 'GET',
  path: '/api/v1/chain-tests/:id',
  room: 'operations',
  summary: '一次链路自检：逐步的用时和所见',
  access: 'fault.read',
  params: idParams,
  reply: chainTest,
});

export const requestChainTest = route({
  method: 'POST',
  path: '/api/v1/chain-tests',
  room: 'operations',
  summary: '现在自检一个场景的链路；已有一次在排队或进行时就答那一次',
  access: 'fault.handle',
  body: z.object({ scenario: z.string().max(20) }),
  reply: chainTest,
  status: 201,
});

export const listReconciliations = route({
  method: 'GET',
  path: '/api/v1/reconciliations',
  room: 'operations',
  summary: '对账，最新的在前',
  access: 'fault.read',
  query: pageQuery,
  reply: pageOf(reconciliation),
});

export const listMismatches = route({
  method: 'GET',
  path: '/api/v1/reconciliations/:id/mismatches',
  room: 'operations',
  summary: '一次对账中对不上的记录（每种列出前 1000 条，只列调用者范围内的）',
  access: 'fault.read',
  params: idParams,
  query: pageQuery.extend({ kind: z.enum(MISMATCH_KINDS).optional() }),
  reply: pageOf(mismatch),
});

export const reconcileNow = route({
  method: 'POST',
  path: '/api/v1/reconciliations',
  room: 'operations',
  summary: '现在对一次账',
  access: 'fault.handle',
  reply: reconciliation,
  status: 201,
});

export const listWatchdogs = route({
  method: 'GET',
  path: '/api/v1/watchdogs',
  room: 'operations',
  summary: '看门狗：谁在本系统之外盯着它，多久以前报到',
  access: 'fault.read',
  reply: z.object({ items: z.array(watchdog) }),
});

export const retireWatchdog = route({
  method: 'POST',
  path: '/api/v1/watchdogs/:name/retire',
  room: 'operations',
  summary: '看门狗停用：它不再报到不算故障；再报到即恢复',
  access: 'fault.handle',
  params: z.object({ name: z.string().min(1).max(60) }),
  reply: watchdog,
});
