import { flag, idParams, pageOf, pageQuery, route } from '#contract/http';
import { DATUMS, ROLES } from '#model/platform';
import { z } from 'zod';

import { importKind, importMapping, importReport } from './import-shapes.ts';
import {
  day,
  platformDetail,
  platformSetting,
  responsibility,
  RESPONSIBILITY_STATES,
  responsibilityTotals,
  unit,
  UNIT_KINDS,
} from './organisation-shapes.ts';
import { platformKind } from './shapes.ts';

const codeParams = z.object({ code: z.string().min(1).max(40) });
const settingParams = codeParams.extend({ key: z.string().min(1).max(60) });
const version = z.number().int().positive();
const line = (max: number) => z.string().trim().min(1).max(max);
const phone = z.string().trim().min(3).max(20);
const reason = z.string().trim().min(2).max(200);

export const getPlatform = route({
  method: 'GET',
  path: '/api/v1/platforms/:code',
  room: 'platform',
  summary: '一个平台：路径、责任单位、职责、联系岗位，以及其中可见的对象、监测点、预警和工单数',
  access: 'platform.read',
  params: codeParams,
  reply: platformDetail,
});

export const updatePlatform = route({
  method: 'PUT',
  path: '/api/v1/platforms/:code',
  room: 'platform',
  summary: '修改平台资料。未给出的项不变，null 为清空；人工修改的项不再随标准文件变化，改回标准值即恢复跟随',
  access: 'platform.manage',
  params: codeParams,
  body: z.object({
    version,
    name: line(100).optional(),
    department: line(100).nullable().optional(),
    unit: line(100).nullable().optional(),
    technicalUnit: line(100).nullable().optional(),
    note: line(1000).nullable().optional(),
    effectiveFrom: day.nullable().optional(),
    effectiveTo: day.nullable().optional(),
    /** The whole list; an entry with an `id` keeps its number unless `phone` is given (null removes it). */
    contacts: z
      .array(
        z.object({
          id: z.number().int().positive().optional(),
          post: line(60),
          unit: line(100).nullable().optional(),
          phone: phone.nullable().optional(),
          note: line(200).nullable().optional(),
        }),
      )
      .max(30)
      .optional(),
  }),
  reply: platformDetail,
});

export const revealPlatformContact = route({
  method: 'POST',
  path: '/api/v1/platforms/:code/contacts/:id/reveal',
  room: 'platform',
  summary: '查看平台联系岗位的完整电话。须说明理由，记入审计',
  access: 'personal.reveal',
  params: codeParams.extend({ id: z.coerce.number().int().positive() }),
  body: z.object({ reason }),
  reply: z.object({ phone: z.string() }),
});

export const listSettings = route({
  method: 'GET',
  path: '/api/v1/platforms/:code/settings',
  room: 'platform',
  summary: '平台上生效的设置：每项的值、来自哪一级、逐级的取值',
  access: 'platform.read',
  params: codeParams,
  reply: z.object({ items: z.array(platformSetting) }),
});

export const putSetting = route({
  method: 'PUT',
  path: '/api/v1/platforms/:code/settings/:key',
  room: 'platform',
  summary: '在本级设定一项；只可收紧的项不得宽于上级',
  access: 'setting.manage',
  params: settingParams,
  body: z.object({ value: z.json() }),
  reply: platformSetting,
});

export const deleteSetting = route({
  method: 'DELETE',
  path: '/api/v1/platforms/:code/settings/:key',
  room: 'platform',
  summary: '取消本级的设定，改随上级',
  access: 'setting.manage',
  params: settingParams,
  reply: platformSetting,
});

export const listUnits = route({
  method: 'GET',
  path: '/api/v1/units',
  room: 'platform',
  summary: '单位：责任、权属、运营、维保、技术保障',
  access: 'platform.read',
  query: pageQuery.extend({
    search: z.string().max(50).optional(),
    kind: z.enum(UNIT_KINDS).optional(),
    /** Units of this platform. */
    platform: z.string().max(40).optional(),
  }),
  reply: pageOf(unit),
});

const unitFacts = z.object({
  name: line(100),
  kind: z.enum(UNIT_KINDS),
  /** 统一社会信用代码, 18 characters. */
  creditCode: z
    .string()
    .trim()
    .regex(/^[0-9A-Z]{18}$/u, '统一社会信用代码须为 18 位数字或大写字母')
    .nullable()
    .optional(),
  platform: z.string().min(1).max(40),
  contact: line(60).nullable().optional(),
  phone: phone.nullable().optional(),
  address: line(200).nullable().optional(),
  note: line(500).nullable().optional(),
});

export const createUnit = route({
  method: 'POST',
  path: '/api/v1/units',
  room: 'platform',
  summary: '登记单位',
  access: 'object.manage',
  body: unitFacts.extend({ code: line(60) }),
  reply: unit,
  status: 201,
});

export const updateUnit = route({
  method: 'PUT',
  path: '/api/v1/units/:id',
  room: 'platform',
  summary: '修改单位。未给出的项不变，null 为清空',
  access: 'object.manage',
  params: idParams,
  body: unitFacts.partial().extend({ version }),
  reply: unit,
});

export const revealUnitPhone = route({
  method: 'POST',
  path: '/api/v1/units/:id/reveal',
  room: 'platform',
  summary: '查看单位的完整电话。须说明理由，记入审计',
  access: 'personal.reveal',
  params: idParams,
  body: z.object({ reason }),
  reply: z.object({ phone: z.string() }),
});

export const listResponsibilities = route({
  method: 'GET',
  path: '/api/v1/responsibilities',
  room: 'platform',
  summary: '责任落实：每个平台应有的角色，是否有人、空缺或已离岗',
  access: 'platform.read',
  query: pageQuery.extend({
    /** Code of the platform whose subtree is asked for. */
    under: z.string().max(40).optional(),
    kind: platformKind.optional(),
    role: z.enum(ROLES).optional(),
    state: z.enum(RESPONSIBILITY_STATES).optional(),
    /** Only platforms where a required role is vacant or left. */
    gaps: flag.optional(),
  }),
  /** `totals` count the whole answer, not the page. */
  reply: pageOf(responsibility).extend({ totals: responsibilityTotals }),
});

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const IMPORT_ROWS = 20_000;

export const runImport = route({
  method: 'POST',
  path: '/api/v1/imports',
  room: 'platform',
  summary:
    '导入监测对象、单位、平台资料、底数台账或街镇人口（xlsx、CSV，或 JSON 的行数组）。dryRun=true 只核对，逐行列出全部问题；正式导入有任何问题即整体不导入',
  access: 'object.manage',
  query: z.object({
    kind: importKind,
    dryRun: flag.default(true),
    /** What the coordinates of the sheet are in. */
    datum: z.enum(DATUMS).default('WGS84'),
    /** A kept mapping; without it one whose headers are the same is used. */
    mapping: z.coerce.number().int().positive().optional(),
    /** Name of the sheet; the first one with data unless told. */
    sheet: z.string().max(100).optional(),
  }),
  rawBody: { types: [XLSX, 'text/csv', 'application/json'], limitBytes: 20_000_000 },
  reply: importReport,
});

export const listImportMappings = route({
  method: 'GET',
  path: '/api/v1/import-mappings',
  room: 'platform',
  summary: '本人保存的列对应',
  access: 'object.manage',
  query: z.object({ kind: importKind.optional() }),
  reply: z.object({ items: z.array(importMapping) }),
});

export const createImportMapping = route({
  method: 'POST',
  path: '/api/v1/import-mappings',
  room: 'platform',
  summary: '保存列对应：表头 → 字段（null 为不导入这一列）。表头相同的表格下次自动套用；同名的被替换',
  access: 'object.manage',
  body: z.object({
    name: line(60),
    kind: importKind,
    columns: z.record(z.string().min(1).max(200), z.string().max(40).nullable()),
  }),
  reply: importMapping,
  status: 201,
});

export const deleteImportMapping = route({
  method: 'DELETE',
  path: '/api/v1/import-mappings/:id',
  room: 'platform',
  summary: '删除保存的列对应',
  access: 'object.manage',
  params: idParams,
  reply: z.null(),
  status: 204,
});

export const runExport = route({
  method: 'GET',
  path: '/api/v1/exports',
  room: 'platform',
  summary:
    '导出管辖范围内的监测对象、单位、平台资料或底数台账（xlsx 或 JSON）。电话脱敏；导出的文件可以直接再导入',
  access: 'platform.read',
  query: z.object({
    kind: importKind,
    format: z.enum(['xlsx', 'json']).default('xlsx'),
    /** Narrows objects. */
    scenario: z.string().max(20).optional(),
    /** Narrows to what lies within this platform. */
    under: z.string().max(40).optional(),
  }),
  reply: z.unknown(),
});
