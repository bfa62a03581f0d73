import { momentText } from '#base';
import {
  CLOSURE_REMEDY_TEXT,
  type ClosureRemedy,
  DEADLINE_TEXT,
  ORDER_SOURCE_TEXT,
  type OrderSource,
  type UnitGround,
  LONGEST_SUSPENSION_DAYS,
  type DeadlineKind,
  type Requirement,
  SUPERVISION_KIND_TEXT,
  type SupervisionKind,
  type Verdict,
  VERDICT_TEXT,
  WORK_ORDER_ACTION_TEXT,
  type WorkOrderAction,
} from '#model/response';
import type { EscalationRecipient } from '#model/standard';
import { ROLE_TEXT } from '#model/platform';
import { FALSE_ALARM_REASON_TEXT, type FalseAlarmReason, type Level, LEVEL_TEXT } from '#model/warning';
import type { Missing, Party, RungReason } from '#workflow';

/** Sentences of the room, for entries, reminders and refusals. */
export const REQUIREMENT_TEXT: Readonly<Record<Requirement, string>> = {
  reason: '原因',
  note: '处置说明',
  steps: '手册必做步骤',
  results: '处置结果',
  verdict: '核实结论',
  normal: '体征恢复正常',
  measured: '确认现场实测（传感器故障）',
  'false-alarm': '误报原因',
  unit: '转给哪个单位',
  until: `挂起到何时（须晚于现在，最长 ${LONGEST_SUSPENSION_DAYS} 天）`,
  into: '并入哪张工单',
  parts: '协同工单全部结案或免办',
};

export const PARTY_TEXT: Readonly<Record<Party, string>> = {
  dispatcher: '派单人',
  responder: '责任单位处置人员',
  holder: '接单的处置人员',
  taker: '接手单位的处置人员（不能是转单的本人）',
  approver: '同意挂起的人（不能是申请或处置的本人）',
  reviewer: '复核人（不能是处置或销警的本人）',
  rule: '系统规则',
};

/** What a hand tells of an order without moving it. */
export const SUPPLEMENT_TEXT = '补充记录';
export const NOTE_TEXT = '留言';

export function raisedText(level: Level): string {
  return `${LEVEL_TEXT[level]}预警，自动开单`;
}

export function dispatchedText(unit: string): string {
  return `按指挥手册派单至${unit}`;
}

export function noHandbookText(level: Level): string {
  return `指挥手册没有这一项的${LEVEL_TEXT[level]}条目，等待人工派单`;
}

export const HAPPENING_TEXT = {
  upgraded: (level: Level) => `预警升至${LEVEL_TEXT[level]}`,
  'stepped-down': (level: Level) => `预警降至${LEVEL_TEXT[level]}，工单等级不变`,
  'warning-normal': () => '体征已恢复正常，等待处置人员销警',
} as const;

/** How the unit that has to act was found. */
export const GROUND_TEXT: Readonly<Record<UnitGround, string>> = {
  object: '对象的运营（权属）单位',
  town: '对象没有登记运营或权属单位，取所在街镇',
  roster: '对象没有登记单位，也不在任何街镇，取当前值守',
  handbook: '对象没有登记单位，也不在任何街镇，现在无人值守，按指挥手册',
};

export function handText(source: OrderSource, unit: string): string {
  return `${ORDER_SOURCE_TEXT[source]}，人工开单，派单至${unit}`;
}

export function partText(code: string, unit: string): string {
  return `向${unit}开协同工单 ${code}`;
}

/** Why a suspension ended without anybody ending it. */
export function suspensionOverText(upgraded: boolean): string {
  return upgraded ? '预警升级，挂起终止，时限继续计' : '挂起到期，自动恢复处置，时限继续计';
}

/** Why a rule sends a cleared order back. */
export function risenText(warning: number, reason: string): string {
  return `系统退回：结案前体征又越限（预警 #${warning}）：${reason}`;
}

/** 抽查, and 更正 of a closed record. */
export function drawnText(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return `抽查：列入 ${year}年${number}月结案质量抽查`;
}

export function checkedText(check: {
  readonly passed: boolean;
  readonly reason: string | undefined;
  readonly mend: string | undefined;
  readonly remedy: ClosureRemedy | undefined;
}): string {
  const said = check.reason === undefined ? '' : `：${check.reason}`;
  const remedy = check.remedy === undefined ? '' : `（${CLOSURE_REMEDY_TEXT[check.remedy]}）`;
  return check.passed ? `抽查合格${said}` : `抽查不合格${said}。整改要求${remedy}：${check.mend ?? ''}`;
}

export function amendedText(amended: {
  readonly fieldText: string;
  readonly was: string;
  readonly reads: string;
  readonly reason: string;
}): string {
  const [was, reads] = [amended.was, amended.reads].map((value) => value.replace('T', ' '));
  return `更正${amended.fieldText}：原为“${was}”，更正为“${reads}”。原因：${amended.reason}`;
}

export function mergedText(code: string, reason: string): string {
  return `${code} 并入本单：${reason}`;
}

function measuredText(measured: { readonly value: number; readonly unit: string } | undefined): string {
  return measured === undefined ? '' : `，传感器故障，现场实测 ${measured.value} ${measured.unit}`;
}

/** The entry's line for what a person did. */
export function actionText(
  action: WorkOrderAction,
  facts: {
    readonly unit: string;
    readonly reason: string | undefined;
    readonly verdict: Verdict | undefined;
    readonly falseAlarm: FalseAlarmReason | undefined;
    readonly onBehalfOf: string | undefined;
    readonly until: number | undefined;
    /** Code of the order that goes on for this one. */
    readonly into: string | undefined;
    readonly measured: { readonly value: number; readonly unit: string } | undefined;
  },
): string {
  const parts = [
    facts.onBehalfOf === undefined ? '' : `代${facts.onBehalfOf}`,
    WORK_ORDER_ACTION_TEXT[action],
    action === 'dispatch' || action === 'transfer' ? `至${facts.unit}` : '',
    action === 'suspend' && facts.until !== undefined ? `至 ${momentText(facts.until)}，时限停表` : '',
    action === 'resume' ? '，时限继续计' : '',
    facts.into === undefined ? '' : `至 ${facts.into}`,
    action === 'clear' && facts.verdict ? `（${VERDICT_TEXT[facts.verdict]}）` : '',
    facts.falseAlarm === undefined ? '' : `，误报原因：${FALSE_ALARM_REASON_TEXT[facts.falseAlarm]}`,
    measuredText(facts.measured),
    facts.reason ? `：${facts.reason}` : '',
  ];
  return parts.join('');
}

export function missingText(missing: readonly Missing[], noteLength: number): string {
  const parts = missing.map(({ requirement, steps, results, standing }) => {
    if (results) return `${REQUIREMENT_TEXT[requirement]}：${results.join('、')}`;
    if (standing)
      return `${REQUIREMENT_TEXT.normal}。${standing.join('；')}。传感器故障的，填现场实测值并附照片`;
    if (requirement === 'note') return `${REQUIREMENT_TEXT.note}（不少于 ${noteLength} 字）`;
    return steps ? `${REQUIREMENT_TEXT[requirement]} ${steps.join('、')}` : REQUIREMENT_TEXT[requirement];
  });
  return parts.join('；');
}

/** What a recipient of an escalation is asked to have seen. */
export function escalationText(kind: DeadlineKind): string {
  return `${DEADLINE_TEXT[kind]}超期提醒待签收`;
}

export function acknowledgedText(kinds: readonly DeadlineKind[]): string {
  return `签收超期提醒（${kinds.map((kind) => DEADLINE_TEXT[kind]).join('、')}）`;
}

/** A red order that nobody accepted, handed on by rule. */
export function reassignedText(deputy: string | null): string {
  return deputy === null
    ? '红色工单无人接单，应改派替岗（AB 角），但没有登记替岗，请区总平台值守派单'
    : `红色工单无人接单，改派替岗（AB 角）${deputy}`;
}

export function recipientText(recipient: EscalationRecipient): string {
  switch (recipient.kind) {
    case 'role':
      return ROLE_TEXT[recipient.role];
    case 'deputy':
      return `${ROLE_TEXT[recipient.role]}的替岗（AB 角）`;
    case 'platform-duty':
      return `${recipient.platform === 'PD' ? '区总平台' : recipient.platform}值守`;
    default:
      return recipient satisfies never;
  }
}

export function rungText(kind: DeadlineKind, why: RungReason): string {
  return reasonText(DEADLINE_TEXT[kind], why);
}

export function supervisionRungText(kind: SupervisionKind, why: RungReason): string {
  return reasonText(`${SUPERVISION_KIND_TEXT[kind]}答复`, why);
}

function reasonText(limit: string, why: RungReason): string {
  if (why.kind === 'unaccepted-red') return `红色工单 ${Math.round(why.seconds / 60)} 分钟无人接单`;
  if (why.kind === 'unacknowledged')
    return `${limit}超期提醒 ${Math.round(why.seconds / 60)} 分钟无人签收，提前上报`;
  if (why.percent < 100) return `${limit}时限已过 ${why.percent} %`;
  return why.percent === 100 ? `${limit}时限已到，记超期` : `${limit}已超期，用时达时限的 ${why.percent} %`;
}
