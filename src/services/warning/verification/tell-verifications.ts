import { levelOf } from '#model/warning';
import { announce } from '#services/context';
import type { Tx } from '#storage';

/** What is told of an alarm that waits, waited too long, or waits no more. */
export interface ToldVerification {
  readonly id: number;
  readonly alarm: number;
  readonly object: number;
  readonly item: string;
  readonly place: number;
  readonly scenario: number;
  readonly level: number;
  readonly simulated: boolean;
  readonly session: number | null;
  readonly text: string;
}

type Kind = 'asked' | 'reminded' | 'decided';

/** Announces to everybody whose rights reach it; `at` is the wall clock, epoch ms. */
export async function tellVerifications(
  tx: Tx,
  kind: Kind,
  at: number,
  verifications: readonly ToldVerification[],
): Promise<void> {
  await announce(
    tx,
    verifications.map(({ place, scenario, level, ...payload }) => ({
      type: `verification.${kind}`,
      at,
      place,
      scenario,
      payload: { ...payload, level: levelOf(level) ?? 'blue' },
    })),
  );
}

/** What is told of a row that knows more. */
export function toldOf(row: ToldVerification): ToldVerification {
  const { id, alarm, object, item, place, scenario, level, simulated, session, text } = row;
  return { id, alarm, object, item, place, scenario, level, simulated, session, text };
}
