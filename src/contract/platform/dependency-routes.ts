import { idParams, moment, pageOf, pageQuery, route } from '#contract/http';
import { DEPENDENCY_KINDS, DEPENDENCY_SOURCES, LONGEST_LEAD_MINUTES } from '#model/warning';
import { z } from 'zod';

const room = 'platform';
const end = z.object({ id: z.number().int(), code: z.string(), name: z.string() });

/** 依赖关系: when `from` fails, `to` feels it. Moments are epoch ms. */
const dependency = z.object({
  id: z.number().int(),
  from: end,
  to: end,
  kind: z.enum(DEPENDENCY_KINDS),
  /** From the failure of the one to its effect at the other (min); null: as the rules say. */
  leadMinutes: z.number().int().nullable(),
  reason: z.string().nullable(),
  basis: z.string(),
  source: z.enum(DEPENDENCY_SOURCES),
  validFrom: z.number(),
  validTo: z.number().nullable(),
  editedBy: z.string(),
  editedAt: z.number(),
  version: z.number().int(),
  allowedActions: z.array(z.enum(['edit', 'delete'])),
});
export type Dependency = z.infer<typeof dependency>;

const facts = {
  kind: z.enum(DEPENDENCY_KINDS),
  leadMinutes: z.number().int().min(0).max(LONGEST_LEAD_MINUTES).nullable().default(null),
  /** Instead of the rule's, where this one edge has a reason of its own. */
  reason: z.string().trim().min(1).max(200).nullable().default(null),
  basis: z.string().trim().min(1).max(200),
  /** Absent: from now on. */
  validFrom: moment.optional(),
  validTo: moment.nullable().default(null),
};

export const listDependencies = route({
  method: 'GET',
  path: '/api/v1/dependencies',
  room,
  summary: '登记的依赖关系：看得到任一端的都列出',
  access: 'object.read',
  query: pageQuery.extend({
    /** Either end is this object. */
    object: z.coerce.number().int().optional(),
    kind: z.enum(DEPENDENCY_KINDS).optional(),
    search: z.string().trim().max(50).optional(),
  }),
  reply: pageOf(dependency),
});

export const createDependency = route({
  method: 'POST',
  path: '/api/v1/dependencies',
  room,
  summary: '登记一条依赖关系；管着任一端的都可以登记',
  access: 'dependency.manage',
  body: z.object({ ...facts, from: z.string().min(1).max(100), to: z.string().min(1).max(100) }),
  reply: dependency,
  status: 201,
});

export const updateDependency = route({
  method: 'PUT',
  path: '/api/v1/dependencies/:id',
  room,
  summary: '改一条依赖关系；两端不能改，换一端请删去重登',
  access: 'dependency.manage',
  params: idParams,
  body: z.object({ ...facts, version: z.number().int() }),
  reply: dependency,
});

export const deleteDependency = route({
  method: 'DELETE',
  path: '/api/v1/dependencies/:id',
  room,
  summary: '删去一条依赖关系',
  access: 'dependency.manage',
  params: idParams,
  reply: z.null(),
  status: 204,
});
