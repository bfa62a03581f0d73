import type { Event } from '#bus';
import { momentText } from '#base';
import type { Recipient } from '#model/command';
import type { Role } from '#model/platform';
import type { EscalationChannel, EscalationRecipient } from '#model/standard';

import { type Asked, channelsOf, PUSH, URGENTLY } from './asked.ts';
import type { Subject } from './load-subjects.ts';

export function foreseen({ payload }: Event, subject: Subject): Asked {
  return {
    cause: 'cascade.foreseen',
    recipients: deskOf(subject),
    channels: channelsOf(subject.rank),
    reason: String(payload['text']),
  };
}

/** Its one owner, else whoever holds the post that has to verify it. */
export function verify({ type, payload }: Event, { person, said, rank }: Subject): Asked {
  const isPressed = type === 'verification.reminded';
  const post: Recipient = { kind: 'role', role: said as Role };
  return {
    cause: isPressed ? 'verification.reminded' : 'verification.asked',
    recipients: [person === null ? post : { kind: 'person', account: person }],
    channels: isPressed ? URGENTLY : channelsOf(rank),
    reason: String(payload['text']),
  };
}

const SUPERVISION_NEWS: Readonly<Record<string, string>> = {
  issued: '要求：',
  extended: '已延期，要求：',
  returned: '答复被退回，要求：',
};

export function supervised({ payload }: Event, subject: Subject): Asked | undefined {
  const { person, said, dueAt } = subject;
  const kind = String(payload['kind']);
  if (kind === 'answered' && person !== null)
    return {
      cause: 'supervision.answered',
      recipients: [{ kind: 'person', account: person }],
      channels: PUSH,
      reason: `${subject.unit}答复：${said ?? ''}`,
    };
  const news = SUPERVISION_NEWS[kind];
  if (news === undefined) return undefined;
  const until = dueAt === null ? '' : `，${momentText(dueAt)} 前答复`;
  return {
    cause: 'supervision.asked',
    recipients: deskOf(subject),
    channels: URGENTLY,
    reason: `${news}${said ?? ''}${until}`,
  };
}

export function late({ payload }: Event, subject: Subject): Asked {
  const { orders, red, day } = payload;
  const reds = Number(red) > 0 ? `，其中红色 ${Number(red)} 张` : '';
  return {
    cause: 'overdue-list.written',
    recipients: headOf(subject),
    channels: PUSH,
    reason: `截至 ${String(day)} 有 ${Number(orders)} 张工单超期未结案${reds}`,
  };
}

export function drawn({ payload }: Event, subject: Subject): Asked {
  const [year, month] = String(payload['month']).split('-').map(Number);
  return {
    cause: 'closure-sample.drawn',
    recipients: headOf(subject),
    channels: PUSH,
    reason: `${year}年${month}月结案的工单抽中 ${Number(payload['samples'])} 张待检查`,
  };
}

export function form({ payload }: Event, subject: Subject): Asked {
  const isLate = payload['late'] === true;
  const until = subject.dueAt === null ? '' : `（时限 ${momentText(subject.dueAt)}）`;
  return {
    cause: 'incident-form.due',
    recipients: isLate ? [...deskOf(subject), ...headOf(subject)] : deskOf(subject),
    channels: isLate ? URGENTLY : PUSH,
    reason: `${String(payload['text'])}${until}`,
  };
}

export function pressed({ payload }: Event): Asked {
  return {
    cause: 'supervision.due',
    recipients: payload['to'] as readonly EscalationRecipient[],
    channels: payload['channels'] as readonly EscalationChannel[],
    reason: String(payload['text']),
  };
}

/** A report is owed, or its limit has passed: then whoever leads the office hears of it too. */
export function owed({ type, payload }: Event, subject: Subject): Asked {
  const isLate = type === 'incident-report.late';
  return {
    cause: isLate ? 'incident-report.late' : 'incident-report.due',
    recipients: isLate ? [...deskOf(subject), ...headOf(subject)] : deskOf(subject),
    channels: isLate ? URGENTLY : PUSH,
    reason: String(payload['text']),
  };
}

/** Ticking off what is done says nothing; starting, changing and ending do. */
export function activated({ payload }: Event, subject: Subject): Asked | undefined {
  const { text } = payload;
  if (typeof text !== 'string' || text === '') return undefined;
  return {
    cause: 'activation.changed',
    recipients: deskOf(subject),
    channels: channelsOf(subject.rank),
    reason: text,
  };
}

function deskOf({ platform }: Subject): readonly Recipient[] {
  return platform === null ? [] : [{ kind: 'platform-duty', platform }];
}

function headOf({ platform }: Subject): readonly Recipient[] {
  return platform === null ? [] : [{ kind: 'platform-head', platform }];
}
