import type { Event } from '#bus';
import { SELF_TEST_PLACE } from '#model/platform';
import { WORK_ORDER_ACTION_TEXT, type WorkOrderAction } from '#model/response';
import { type Level, LEVEL_TEXT } from '#model/warning';

/** What a line of the log is about, by name. */
export interface Subject {
  readonly object: string;
  readonly item: string;
  /** Code of the order; undefined for events of a warning. */
  readonly order: string | undefined;
}

/** Events that the log keeps by itself. */
export const KEPT_EVENTS = [
  'warning.raised',
  'warning.upgraded',
  'warning.normal',
  'warning.re-alarmed',
  'warning.judged',
  'warning.reopened',
  'warning.closed',
  'cascade.foreseen',
  'work-order.raised',
  'work-order.advanced',
  'work-order.overdue',
  'work-order.reminded',
  'incident.opened',
  'incident.changed',
  'activation.changed',
  'chain-test.changed',
] as const;
export type KeptEvent = (typeof KEPT_EVENTS)[number];

type Write = (subject: Subject, facts: Facts) => string;
interface Facts {
  readonly level: string;
  readonly text: string;
  readonly action: string;
  readonly by: string;
}

const about = ({ object, item }: Subject): string => `${object} ${item}`;
const withText = (text: string): string => (text === '' ? '' : `，${text}`);

const SENTENCES: Readonly<Record<KeptEvent, Write>> = {
  'warning.raised': (subject, { level, text }) => `${level}预警：${about(subject)}${withText(text)}`,
  'warning.upgraded': (subject, { level, text }) => `预警升至${level}：${about(subject)}${withText(text)}`,
  'warning.normal': (subject) => `预警恢复：${about(subject)}`,
  'warning.re-alarmed': (subject, { level, text }) =>
    `${level}预警再次报警：${about(subject)}${withText(text)}`,
  'warning.judged': (subject, { text }) => `预警判定${text}：${about(subject)}`,
  'warning.reopened': (subject, { text }) => `预警重开：${about(subject)}${withText(text)}`,
  'warning.closed': (subject) => `预警结案：${about(subject)}`,
  'cascade.foreseen': (_, { text }) => `连带预警：${text}`,
  'work-order.raised': (subject, { level }) => `自动开单 ${subject.order}（${level}）：${about(subject)}`,
  'work-order.advanced': (subject, { action, by, level }) =>
    action === ''
      ? `工单 ${subject.order} 随预警升至${level}：${about(subject)}`
      : `工单 ${subject.order} ${action}：${about(subject)}${by === '' ? '' : `（${by}）`}`,
  'work-order.overdue': (subject, { text }) =>
    `工单 ${subject.order} 超期：${about(subject)}${withText(text)}`,
  'work-order.reminded': (subject, { text }) =>
    `工单 ${subject.order} 催办：${about(subject)}${withText(text)}`,
  'incident.opened': (_, { text }) => `新建事件：${text}`,
  'incident.changed': (_, { text }) => `事件：${text}`,
  'activation.changed': (_, { text }) => text,
  'chain-test.changed': (_, { text }) => text,
};

/** The sentence for an event; undefined for one that the log does not keep. */
export function eventText(event: Event, subject: Subject): string | undefined {
  const write = SENTENCES[event.type as KeptEvent] as Write | undefined;
  if (write === undefined) return undefined;
  const { level, text, action, by } = event.payload;
  // Of self-tests the desk is told how they end where the chain is broken, not what they do on their way.
  if (event.place === SELF_TEST_PLACE || (event.type === 'chain-test.changed' && text === undefined))
    return undefined;
  // What concerns many is told to each and taken down once; what changes no grade of a response is not taken down.
  if (event.payload['own'] === false || (event.type === 'activation.changed' && text === ''))
    return undefined;
  return write(subject, {
    level: LEVEL_TEXT[level as Level] ?? '',
    text: typeof text === 'string' ? text : '',
    action: WORK_ORDER_ACTION_TEXT[action as WorkOrderAction] ?? '',
    by: typeof by === 'string' ? by : '',
  });
}
