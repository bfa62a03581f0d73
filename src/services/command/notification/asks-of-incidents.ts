import type { Event } from '#bus';
import type { Recipient } from '#model/command';
import { LOOP_ROLES, LOOP_TEXT } from '#model/response';
import { type Loop, LOOPS } from '#model/standard';

import { type Asked, channelsOf, URGENT, URGENTLY } from './asked.ts';
import type { Subject } from './load-subjects.ts';

/** What gives a loop to a new owner, who has to sign for it. */
const HAND_OVERS: Readonly<Record<string, (loop: Loop) => string>> = {
  opened: (loop) => `建立事件，按${LOOP_TEXT[loop]}处置`,
  raise: (loop) => `升级为${LOOP_TEXT[loop]}`,
  lower: (loop) => `降级为${LOOP_TEXT[loop]}`,
  reopen: () => '事件重开',
};

export function moved(event: Event, subject: Subject): Asked | undefined {
  if (subject.platform !== null) return called(subject);
  const { kinds, own, answers } = event.payload;
  // It is told wherever it concerns somebody; people are called by the incident's own event alone.
  if (own !== true || subject.loop === null || !Array.isArray(kinds)) return undefined;
  const { loop } = subject;
  if (kinds.includes('ask'))
    return {
      cause: 'incident.asked',
      recipients: [{ kind: 'role', role: LOOP_ROLES[loop] }],
      channels: URGENTLY,
      reason: subject.said === null ? '请求升级闭环' : `请求升级闭环：${subject.said}`,
    };
  if (kinds.includes('take')) return answered(subject, belowOf(loop), `${LOOP_TEXT[loop]}已签字接手`);
  if (kinds.includes('refuse') && typeof answers === 'number')
    return answered(subject, [{ kind: 'person', account: answers }], '不同意升级闭环');
  const kind = kinds.find((one): one is string => typeof one === 'string' && Object.hasOwn(HAND_OVERS, one));
  return kind === undefined ? undefined : handOver(kind, subject);
}

/** A co-unit is asked to take part. */
function called({ platform, said, rank }: Subject): Asked {
  return {
    cause: 'incident-part.asked',
    recipients: [{ kind: 'platform-duty', platform: platform ?? '' }],
    channels: channelsOf(Math.max(rank, URGENT)),
    reason: said ?? '',
  };
}

export function handed({ payload }: Event, subject: Subject): Asked | undefined {
  if (subject.platform !== null) return called(subject);
  return payload['own'] === true ? handOver('opened', subject) : undefined;
}

function handOver(kind: string, { loop, taken, rank }: Subject): Asked | undefined {
  if (loop === null || taken) return undefined;
  return {
    cause: 'incident.handed-over',
    recipients: [{ kind: 'role', role: LOOP_ROLES[loop] }],
    channels: channelsOf(Math.max(rank, URGENT)),
    reason: HAND_OVERS[kind]?.(loop) ?? '',
  };
}

const answered = ({ rank }: Subject, recipients: readonly Recipient[], reason: string): Asked | undefined =>
  recipients.length === 0
    ? undefined
    : { cause: 'incident.answered', recipients, channels: channelsOf(rank), reason };

/** Whoever stood by until the loop was signed for: the owner of the one below. */
function belowOf(loop: Loop): readonly Recipient[] {
  const below = LOOPS[LOOPS.indexOf(loop) - 1];
  return below === undefined ? [] : [{ kind: 'role', role: LOOP_ROLES[below] }];
}
