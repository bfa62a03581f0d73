import type { WorkOrderDetail } from '#contract/response';
import type { EscalationRecipient } from '#model/standard';
import { covers, type Placed } from '#model/platform';
import type { DeadlineKind } from '#model/response';
import { levelOf } from '#model/warning';
import type { Actor } from '#services/context';
import { isEscalation } from '#workflow';

import { ladderIn } from './order-plan.ts';
import { escalationText } from './order-text.ts';
import type { DeadlineRow, OrderRow } from './order-view.ts';
import type { LimitsInForce } from './standard-in-force.ts';

/** An escalation that presses: nobody acknowledged it yet. Epoch ms. */
export interface Pressing {
  readonly kind: DeadlineKind;
  readonly at: number;
  readonly until: number;
  /** The ladder's own next moment, once somebody has acknowledged it. */
  readonly nextAt: number | null;
  readonly recipients: readonly EscalationRecipient[];
}

/** What presses about an order now. */
export function pressingOf(
  order: OrderRow,
  deadlines: readonly DeadlineRow[],
  standard: LimitsInForce,
): readonly Pressing[] {
  const limited = { level: levelOf(order.level) ?? 'blue', limits: order.limits, scenario: order.scenario };
  const { afterSeconds } = standard.escalation.unacknowledged;
  return deadlines.flatMap((one) => {
    const { kind, started_at: startedAt, due_at: dueAt, pauses, red_at: redAt, press_at: until, step } = one;
    if (until === null) return [];
    const ladder = ladderIn({ kind, startedAt, dueAt, pauses, redAt }, limited, standard);
    const recipients = ladder
      .slice(0, step)
      .filter(isEscalation)
      .flatMap((rung) => rung.recipients);
    const at = until - afterSeconds * 1000;
    return [{ kind, at, until, nextAt: ladder[step]?.at ?? null, recipients }];
  });
}

/** Whether somebody was told of it: holds a role that was, where the order lies, or keeps the desk of a platform that was. */
export function wasTold({ rights }: Actor, order: Placed, { recipients }: Pressing): boolean {
  const here = rights.grants.filter(({ scope }) => covers(scope, order.place, order.scenario));
  return recipients.some((recipient) =>
    recipient.kind === 'platform-duty'
      ? rights.has('duty.keep') && here.some(({ platform }) => platform === recipient.platform)
      : recipient.kind === 'role' && here.some(({ role }) => role === recipient.role),
  );
}

/** What waits for somebody to acknowledge it, the oldest first. */
export function escalationFor(
  actor: Actor,
  order: OrderRow,
  pressing: readonly Pressing[],
): WorkOrderDetail['escalation'] {
  const [first] = pressing.filter((one) => wasTold(actor, order, one)).toSorted((a, b) => a.at - b.at);
  return first ? { text: escalationText(first.kind), at: first.at, until: first.until } : null;
}
