import type { DeadlineKind } from '#model/response';
import type { LevelLimits } from '#model/standard';
import { levelOf } from '#model/warning';
import { nextMoment, type Pause, type Rung, stepAt } from '#workflow';

import { ladderIn } from './order-plan.ts';
import type { LimitsInForce } from './standard-in-force.ts';

/** Who is called next about an order when nothing happens, when and why (下一次催办). Moments are epoch ms. */
export interface NextCall {
  readonly at: number;
  readonly kind: DeadlineKind;
  readonly rung: Rung;
}

interface CalledOrder {
  readonly level: number;
  readonly limits: LevelLimits;
  readonly scenario: number;
}

/** A limit of it. Without its step it stands where its moments say: that is how it is seen at a moment that is over. */
interface CalledLimit {
  readonly kind: DeadlineKind;
  readonly started_at: number;
  readonly due_at: number;
  readonly met_at: number | null;
  readonly paused_at: number | null;
  readonly pauses: readonly Pause[] | null;
  readonly red_at: number | null;
  readonly step?: number;
  readonly press_at?: number | null;
}

/** The earliest rung ahead over all limits of an order that run. */
export function nextCall(
  order: CalledOrder,
  deadlines: readonly CalledLimit[],
  { now, standard }: { readonly now: number; readonly standard: LimitsInForce },
): NextCall | undefined {
  const limited = { level: levelOf(order.level) ?? 'blue', limits: order.limits, scenario: order.scenario };
  const calls = deadlines
    .filter(({ met_at: met, paused_at: paused }) => met === null && paused === null)
    .flatMap((one) => {
      const { kind, started_at: startedAt, due_at: dueAt, pauses, red_at: redAt } = one;
      const ladder = ladderIn({ kind, startedAt, dueAt, pauses, redAt }, limited, standard);
      const standing = { step: one.step ?? stepAt(ladder, now), pressAt: one.press_at ?? null };
      const rung = ladder[standing.step];
      const at = nextMoment(ladder, standing);
      return rung && at !== null ? [{ at, kind, rung }] : [];
    });
  return calls.toSorted((a, b) => a.at - b.at)[0];
}
