import { idParams, pageOf, pageQuery, route } from '#contract/http';
import { z } from 'zod';

import { basisChange, basisCited, basisTask, TASK_STATES, updateRate } from './basis-shapes.ts';

const room = 'standard';
const TASKS = '/api/v1/basis-tasks';

const code = z.string().trim().min(1).max(40);
const line = (shortest: number, longest: number) => z.string().trim().min(shortest).max(longest);
const note = z.string().trim().max(1000).optional();
const version = z.number().int().positive().max(2_147_483_647);

export const listBases = route({
  method: 'GET',
  path: '/api/v1/bases',
  room,
  summary: '制订依据清单：现行标准引用的文件和条款，以及引用它的体征',
  access: 'standard.read',
  query: pageQuery.extend({ scenario: code.optional(), search: z.string().max(100).optional() }),
  reply: pageOf(basisCited),
});

export const tellBasisReplaced = route({
  method: 'POST',
  path: '/api/v1/basis-changes',
  room,
  summary: '登记依据被替代：引用它的每个场景各开一项任务，直到新版本作出回应',
  access: 'standard.draft',
  body: z.strictObject({
    /** The scenario that tells; its standard has to cite the document. */
    scenario: code,
    /** The document, or the part of its title that tells it: 'GB 50014'. */
    document: line(4, 200),
    /** Only where this clause is cited. */
    clause: line(1, 200).optional(),
    successor: line(2, 300),
    changedOn: z.iso.date(),
    note,
  }),
  reply: basisChange,
  status: 201,
});

export const tellStationMoved = route({
  method: 'POST',
  path: '/api/v1/objects/:id/relocations',
  room,
  summary: '登记测站迁移：它的每个场景各开一项任务，核对依赖此处测点的体征',
  access: 'object.manage',
  params: idParams,
  body: z.strictObject({ successor: line(2, 300), changedOn: z.iso.date(), note }),
  reply: basisChange,
  status: 201,
});

export const listBasisTasks = route({
  method: 'GET',
  path: TASKS,
  room,
  summary: '依据变更任务，先到期的在前',
  access: 'standard.read',
  query: pageQuery.extend({ scenario: code.optional(), state: z.enum(TASK_STATES).optional() }),
  reply: pageOf(basisTask),
});

export const keepBasis = route({
  method: 'POST',
  path: `${TASKS}/:id/keep`,
  room,
  summary: '说明理由：依据虽有变更，标准无须修改。须由登记变更以外的部门责任人办理',
  access: 'standard.approve',
  params: idParams,
  body: z.strictObject({ version, reason: line(5, 1000) }),
  reply: basisTask,
});

export const getUpdateRate = route({
  method: 'GET',
  path: '/api/v1/indicators/standard-updates',
  room,
  summary: '标准更新及时率（A12）：一个月内到期的依据变更，按时回应的比例',
  access: 'report.read',
  query: z.object({
    /** `2026-11`; this month unless told. */
    month: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/u)
      .optional(),
  }),
  reply: updateRate,
});
