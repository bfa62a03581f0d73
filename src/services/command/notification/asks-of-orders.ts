import type { Event } from '#bus';
import { momentText } from '#base';
import type { Recipient } from '#model/command';
import type { EscalationChannel, EscalationRecipient } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';

import { type Asked, channelsOf, levelOfPayload, PUSH, URGENT, URGENTLY } from './asked.ts';
import type { Subject } from './load-subjects.ts';

/** Steps that give an order to somebody new. */
const HANDED: ReadonlySet<unknown> = new Set(['dispatch', 'transfer', 'reopen']);

export function advanced(event: Event, subject: Subject): Asked | undefined {
  const { action } = event.payload;
  if (action === 'reject')
    return subject.state === 'rejected' ? givenBack(event, subject) : refused(subject, event.at);
  return HANDED.has(action) ? opened(event, subject) : undefined;
}

export function reminded({ payload }: Event, subject: Subject): Asked {
  return {
    cause: 'work-order.reminded',
    recipients: payload['to'] as readonly EscalationRecipient[],
    channels: payload['channels'] as readonly EscalationChannel[],
    reason: String(payload['text']),
    asksAnswer: subject.state === 'dispatched',
  };
}

export function opened({ at }: Event, subject: Subject): Asked {
  if (subject.state === 'raised') return toDispatcher(subject, '等待派单');
  const common = {
    cause: 'work-order.opened',
    channels: channelsOf(subject.rank),
    asksAnswer: true,
  } as const;
  // Whoever hands an order on has it until somebody has taken it over, and need not be told.
  const taker = subject.state === 'transferred' ? subject.handedTo : null;
  if (taker !== null)
    return {
      ...common,
      subject: { ...subject, unit: taker, handler: null },
      recipients: [{ kind: 'unit', unit: taker }],
      reason: `${momentText(at)} 移交`,
    };
  return {
    ...common,
    recipients: [{ kind: 'unit', unit: subject.unit }],
    reason: `${momentText(at)} 派单`,
  };
}

/** Nobody took over what was handed on: it stays with whoever has it. */
function refused({ unit, rank }: Subject, at: number): Asked {
  return {
    cause: 'work-order.opened',
    recipients: [{ kind: 'unit', unit }],
    channels: channelsOf(rank),
    reason: `${momentText(at)} 移交未被接收，仍由原处置人办理`,
  };
}

/** What a village or a team cannot do goes up: to the office, and to the town where it lies, which may send it to somebody else. */
function givenBack({ payload }: Event, subject: Subject): Asked {
  const told = toDispatcher(subject, `${String(payload['by'])}退单`);
  return {
    ...told,
    cause: 'work-order.rejected',
    recipients: [...told.recipients, { kind: 'role', role: 'town-operator' }],
  };
}

function toDispatcher({ rank }: Subject, reason: string): Asked {
  return {
    cause: 'work-order.opened',
    recipients: [{ kind: 'role', role: 'business-admin' }],
    channels: channelsOf(rank),
    reason,
  };
}

/** What hands without an account tell by their links; that a link was given or opened is no news. */
const HAND_NEWS: Readonly<Record<string, readonly EscalationChannel[]>> = {
  'link-arrive': [],
  'link-feed-back': PUSH,
  'link-done': PUSH,
  'link-cannot': URGENTLY,
};

export function noted({ payload }: Event, subject: Subject): Asked | undefined {
  const cause = 'work-order.noted';
  const [by, text] = [String(payload['by']), String(payload['text'])];
  if (payload['noted'] === 'note')
    return { cause, recipients: listeners(payload, subject), channels: PUSH, reason: `${by}：${text}` };
  const channels = HAND_NEWS[String(payload['noted'])];
  if (!channels) return undefined;
  return { cause, recipients: [{ kind: 'unit', unit: subject.unit }], channels, reason: `${by}${text}` };
}

/** Whoever has written before, and whoever has the order; what that person says is meant for who sends it out. */
function listeners(payload: Event['payload'], { handler, unit }: Subject): readonly Recipient[] {
  const before = (payload['hearers'] as readonly number[]).map(
    (account) => ({ kind: 'person', account }) as const,
  );
  const isHandler = handler !== null && handler === payload['author'];
  if (isHandler) return [...before, { kind: 'role', role: 'business-admin' }];
  return [...before, handler === null ? { kind: 'unit', unit } : { kind: 'person', account: handler }];
}

/** The desk of the scenario hears of orange and red, whoever has the order; whoever holds it hears that it has become worse. */
export function warned({ type, payload }: Event, subject: Subject): Asked | undefined {
  const isWorse = type === 'warning.upgraded';
  if (subject.rank < URGENT) return undefined;
  const desk: Recipient = { kind: 'platform-duty', platform: subject.scenario_code ?? '' };
  const holder: readonly Recipient[] =
    subject.handler === null ? [] : [{ kind: 'person', account: subject.handler }];
  const level = levelOfPayload(payload['level']);
  return {
    cause: isWorse ? 'warning.upgraded' : 'warning.raised',
    recipients: isWorse ? [desk, ...holder] : [desk],
    channels: channelsOf(subject.rank),
    reason: typeof payload['text'] === 'string' ? payload['text'] : `达到${level ? LEVEL_TEXT[level] : ''}`,
  };
}
