import type { Role } from '#model/platform';
import type { Loop } from '#model/standard';

/** Why an incident (事件) was opened: a red order, two scenarios close together, one cause, or by hand. */
export const INCIDENT_GROUNDS = ['red', 'near', 'cause', 'hand'] as const;
export type IncidentGround = (typeof INCIDENT_GROUNDS)[number];

export const INCIDENT_GROUND_TEXT: Readonly<Record<IncidentGround, string>> = {
  red: '红色或跨部门预警',
  near: '多个场景在近处同时出事',
  cause: '同一原因引起',
  hand: '人工建立',
};

export const INCIDENT_STATES = ['open', 'closed'] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

export const LOOP_TEXT: Readonly<Record<Loop, string>> = {
  small: '小闭环',
  medium: '中闭环',
  large: '大闭环',
};

/** Who is accountable for a loop (catalog §1.4): the scenario's administrator, its department, 区应急管理局. */
export const LOOP_ROLES: Readonly<Record<Loop, Role>> = {
  small: 'business-admin',
  medium: 'department-owner',
  large: 'coordinator',
};

/** What people and rules do to the loop of an incident, the way forward first. */
export const LOOP_ACTIONS = ['take', 'raise', 'ask', 'refuse', 'lower', 'close', 'reopen'] as const;
export type LoopAction = (typeof LOOP_ACTIONS)[number];

export const LOOP_ACTION_TEXT: Readonly<Record<LoopAction, string>> = {
  take: '签字接手',
  raise: '升级闭环',
  ask: '请求升级',
  refuse: '不同意升级',
  lower: '降级闭环',
  close: '事件结案',
  reopen: '重开事件',
};

/** A co-unit's part of a large loop (参与单位): asked, and in the end closed or waived. */
export const PART_STATES = ['open', 'closed', 'waived'] as const;
export type PartState = (typeof PART_STATES)[number];

export const FORM_FIELD_KINDS = ['number', 'text', 'yes-no'] as const;
export type FormFieldKind = (typeof FORM_FIELD_KINDS)[number];

/** One question of a form (填报) that is put to towns. */
export interface FormField {
  readonly key: string;
  readonly text: string;
  readonly kind: FormFieldKind;
  readonly unit?: string | undefined;
}

export type FormAnswers = Readonly<Record<string, number | string | boolean>>;
