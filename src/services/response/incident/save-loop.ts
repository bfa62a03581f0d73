import type { LoopAction } from '#model/response';
import type { Tx } from '#storage';
import type { LoopMoved } from '#workflow';
import { sql } from 'kysely';

import type { IncidentRow } from './incident-row.ts';

type Moved = Extract<LoopMoved, { kind: 'moved' }>;

interface Save {
  readonly action: LoopAction;
  readonly reason?: string | undefined;
  readonly at: number;
  /** Null for a rule. */
  readonly by: { readonly id: number; readonly name: string } | null;
}

/** Writes what was decided of a loop. A large one lies at the district's number. */
export async function saveLoop(
  tx: Tx,
  row: Pick<IncidentRow, 'id' | 'loop'>,
  moved: Moved,
  step: Save,
): Promise<void> {
  const moment = new Date(step.at);
  await tx
    .updateTable('incident')
    .set({
      state: moved.state,
      loop: moved.loop,
      second: moved.second,
      version: sql`version + 1`,
      ...(moved.loop === 'large' ? { place: 1 } : {}),
      ...(moved.loop === row.loop ? {} : { loop_since: moment }),
      ...signature(row, moved, step),
      ...asking(moved, step),
      closed_at: moved.state === 'closed' ? moment : null,
      closed_by: moved.state === 'closed' ? (step.by?.name ?? null) : null,
    })
    .where('id', '=', row.id)
    .execute();
  if (moved.state === 'open') return;
  await tx
    .updateTable('incident_form')
    .set({ next_at: null })
    .where('incident_id', '=', row.id)
    .where('next_at', 'is not', null)
    .execute();
}

/** Who has signed for the loop: whoever does it now, who did before, or nobody yet. */
function signature(row: Pick<IncidentRow, 'loop'>, { taken, loop }: Moved, { action, at, by }: Save): object {
  if (!taken) return { taken_at: null, taken_by_id: null };
  return action === 'take' || loop !== row.loop
    ? { taken_at: new Date(at), taken_by_id: by?.id ?? null }
    : {};
}

function asking({ asked }: Moved, { action, reason, by }: Save): object {
  if (asked === null) return { asked_loop: null, asked_by_id: null, asked_reason: null };
  return action === 'ask'
    ? { asked_loop: asked, asked_by_id: by?.id ?? null, asked_reason: reason ?? null }
    : {};
}
