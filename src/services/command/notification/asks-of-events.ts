import type { Event } from '#bus';
import { momentText } from '#base';
import type { NotificationCause, Recipient } from '#model/command';
import { SELF_TEST_PLACE } from '#model/platform';
import type { EscalationChannel, EscalationRecipient } from '#model/standard';
import { type Level, LEVEL_TEXT, rankOf } from '#model/warning';

import type { Subject } from './load-subjects.ts';

/** Somebody is to be told of something. */
export interface Ask {
  /** Of the event: what it asks is asked once. */
  readonly seq: number;
  readonly cause: NotificationCause;
  readonly recipients: readonly Recipient[];
  readonly channels: readonly EscalationChannel[];
  readonly subject: Subject;
  /** 0–4: as it was told, not as it is by now. */
  readonly rank: number;
  readonly reason: string;
  readonly at: number;
  /** Whether an answer (“1”) accepts the order. */
  readonly asksAnswer: boolean;
}

/** The events of which people are told. */
export const TOLD_EVENTS: readonly string[] = [
  'work-order.raised',
  'work-order.advanced',
  'work-order.reminded',
  'warning.raised',
  'warning.upgraded',
];

/** Steps that give an order to somebody new. */
const HANDED: ReadonlySet<unknown> = new Set(['dispatch', 'transfer', 'reopen', 'take-back']);
const URGENT = rankOf('orange');

/** Push for everybody; what is urgent by SMS too, so that a phone without signal for data rings. */
const channelsOf = (rank: number): readonly EscalationChannel[] =>
  rank >= URGENT ? ['push', 'sms'] : ['push'];

/** What one event asks to be told; nothing for what does not concern people, self-tests among it. */
export function askOf(event: Event, subject: Subject): Ask | undefined {
  if (event.place === SELF_TEST_PLACE || subject.place === SELF_TEST_PLACE) return undefined;
  const level = rankOf(levelOfPayload(event.payload['level']));
  const told = ASKS[event.type]?.(event, { ...subject, rank: level === 0 ? subject.rank : level });
  if (!told) return undefined;
  return { ...told, seq: event.seq, subject, rank: level === 0 ? subject.rank : level, at: event.at };
}

type Asked = Pick<Ask, 'cause' | 'recipients' | 'channels' | 'reason' | 'asksAnswer'>;

const ASKS: Readonly<Record<string, (event: Event, subject: Subject) => Asked | undefined>> = {
  'work-order.raised': (event, subject) => opened(subject, event.at),
  'work-order.advanced': (event, subject) => {
    const { action } = event.payload;
    if (action === 'reject') return toDispatcher(subject, '已退单，请另行派单');
    return HANDED.has(action) ? opened(subject, event.at) : undefined;
  },
  'work-order.reminded': ({ payload }, subject) => ({
    cause: 'work-order.reminded',
    recipients: payload['to'] as readonly EscalationRecipient[],
    channels: payload['channels'] as readonly EscalationChannel[],
    reason: String(payload['text']),
    asksAnswer: subject.state === 'dispatched',
  }),
  'warning.raised': (event, subject) => warned('warning.raised', event, subject),
  'warning.upgraded': (event, subject) => warned('warning.upgraded', event, subject),
};

function opened(subject: Subject, at: number): Asked {
  if (subject.state === 'raised') return toDispatcher(subject, '等待派单');
  return {
    cause: 'work-order.opened',
    recipients: [{ kind: 'unit', unit: subject.unit }],
    channels: channelsOf(subject.rank),
    reason: `${momentText(at)} 派单`,
    asksAnswer: true,
  };
}

function toDispatcher({ rank }: Subject, reason: string): Asked {
  return {
    cause: 'work-order.opened',
    recipients: [{ kind: 'role', role: 'business-admin' }],
    channels: channelsOf(rank),
    reason,
    asksAnswer: false,
  };
}

/** The desk of the scenario hears of orange and red, whoever has the order; whoever holds it hears that it has become worse. */
function warned(
  cause: 'warning.raised' | 'warning.upgraded',
  { payload }: Event,
  subject: Subject,
): Asked | undefined {
  if (subject.rank < URGENT) return undefined;
  const desk: Recipient = { kind: 'platform-duty', platform: subject.scenario_code };
  const holder: readonly Recipient[] =
    subject.handler === null ? [] : [{ kind: 'person', account: subject.handler }];
  const level = levelOfPayload(payload['level']);
  return {
    cause,
    recipients: cause === 'warning.upgraded' ? [desk, ...holder] : [desk],
    channels: channelsOf(subject.rank),
    reason: typeof payload['text'] === 'string' ? payload['text'] : `达到${level ? LEVEL_TEXT[level] : ''}`,
    asksAnswer: false,
  };
}

function levelOfPayload(level: unknown): Level | undefined {
  return typeof level === 'string' && Object.hasOwn(LEVEL_TEXT, level) ? (level as Level) : undefined;
}
