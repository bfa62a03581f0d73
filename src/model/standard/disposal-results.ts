import type { DisposalType } from './handbook.ts';

/**
 * How a result is given: words, a number, a moment of Beijing (`2026-11-20T08:30`) — or by what was done anyway: `arrival` by
 * arriving, `photos` by at least two pictures (before and after).
 */
export type ResultKind = 'text' | 'number' | 'moment' | 'arrival' | 'photos';

export interface ResultField {
  readonly field: string;
  readonly text: string;
  readonly kind: ResultKind;
}

/** Pictures before and after. */
export const RESULT_PHOTOS = 2;
export const RESULT_LENGTH = 500;

/** 处置类型须产出什么 (D01–D13, catalog §3.1). D01's verdict is demanded of every order. */
export const DISPOSAL_RESULTS: Readonly<Record<DisposalType, readonly ResultField[]>> = {
  VERIFY: [],
  ON_SITE_DISPOSAL: [
    { field: 'arrival', text: '到场', kind: 'arrival' },
    { field: 'photos', text: '处置前后照片（至少 2 张）', kind: 'photos' },
  ],
  EQUIPMENT_REPAIR: [
    { field: 'fault', text: '故障代码或现象', kind: 'text' },
    { field: 'part', text: '更换或修复的部件', kind: 'text' },
  ],
  EMERGENCY_REPAIR: [
    { field: 'isolation', text: '隔离措施', kind: 'text' },
    { field: 'permit', text: '作业许可编号', kind: 'text' },
  ],
  ACCESS_CONTROL: [
    { field: 'from', text: '管控开始', kind: 'moment' },
    { field: 'to', text: '管控结束', kind: 'moment' },
    { field: 'detour', text: '绕行方案', kind: 'text' },
  ],
  EVACUATION: [
    { field: 'people', text: '转移人数', kind: 'number' },
    { field: 'shelter', text: '安置点', kind: 'text' },
  ],
  STOP_OPERATION: [{ field: 'order', text: '停产停工停用通知书编号', kind: 'text' }],
  OPERATIONAL_DISPATCH: [
    { field: 'command', text: '调度指令', kind: 'text' },
    { field: 'receipt', text: '执行回执', kind: 'text' },
  ],
  ENFORCEMENT: [
    { field: 'case', text: '案号', kind: 'text' },
    { field: 'deadline', text: '整改期限', kind: 'moment' },
  ],
  EXPERT_CONSULTATION: [
    { field: 'minutes', text: '会商纪要', kind: 'text' },
    { field: 'conclusion', text: '会商结论', kind: 'text' },
  ],
  PUBLIC_WARNING: [{ field: 'release', text: '发布编号，或不发布的理由', kind: 'text' }],
  EMERGENCY_RESPONSE: [
    { field: 'plan', text: '启动的预案', kind: 'text' },
    { field: 'level', text: '响应等级', kind: 'text' },
  ],
  WATCH: [{ field: 'interval', text: '观察间隔（分钟）', kind: 'number' }],
};

const GIVEN: Readonly<Record<ResultKind, RegExp | undefined>> = {
  text: /\S/u,
  number: /^\d{1,9}(\.\d{1,3})?$/u,
  moment: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/u,
  arrival: undefined,
  photos: undefined,
};

/** Whether a value says what is asked for; of what is shown by deeds none is asked. */
export function isResult(kind: ResultKind, value: string): boolean {
  return GIVEN[kind]?.test(value.trim()) ?? false;
}
