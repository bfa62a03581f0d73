import { SERVICE_KIND_TEXT, type ServiceKind } from '#model/monitoring';
import { announce, auditRule } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

interface Window {
  readonly id: number;
  readonly kind: ServiceKind;
  readonly place: number;
  readonly scenario: number;
  readonly reason: string;
  readonly owner: string | null;
  readonly madeBy: string;
  readonly endedBy: string | null;
  /** Epoch ms. */
  readonly to: number | null;
}

const COLUMNS = sql`id, kind, place, scenario, reason, owner, made_by as "madeBy", ended_by as "endedBy", to_at as to`;

/**
 * Windows of service that have begun or ended since the last round, by a person or by the clock: each once, the open warnings it is over
 * say so in their history, and pages hear of it. `at` is the wall clock, epoch ms.
 */
export async function tellWindows(tx: Tx, at: number): Promise<void> {
  const now = new Date(at);
  const { rows: begun } = await sql<Window>`
    update service_window set begun_told_at = ${now}
    where ended_told_at is null and begun_told_at is null and from_at <= ${now} returning ${COLUMNS}`.execute(
    tx,
  );
  const { rows: ended } = await sql<Window>`
    update service_window set ended_told_at = ${now} where ended_told_at is null and to_at <= ${now} returning ${COLUMNS}`.execute(
    tx,
  );
  for (const window of begun) {
    const { kind, owner, madeBy, reason } = window;
    const text = `${madeBy}登记${SERVICE_KIND_TEXT[kind]}${owner === null ? '' : `（${owner}负责）`}：${reason}`;
    await note(tx, window, { at, moment: at, change: 'out-of-service', by: madeBy, text: sql`${text}` });
  }
  for (const window of ended) {
    // What it was over is asked about at its last moment.
    const moment = (window.to ?? at) - 1;
    const text = sql`${`${SERVICE_KIND_TEXT[window.kind]}结束，仍超过限值：`} || w.reason`;
    await note(tx, window, { at, moment, change: 'in-service', by: window.endedBy, text });
  }
  await tell(tx, at, { begun, ended });
}

interface Note {
  readonly at: number;
  /** When the window was over the warnings that are meant, epoch ms. */
  readonly moment: number;
  readonly change: 'out-of-service' | 'in-service';
  readonly by: string | null;
  readonly text: RawBuilder<unknown>;
}

async function note(tx: Tx, { id }: Window, { at, moment, change, by, text }: Note): Promise<void> {
  await sql`
    insert into warning_change (warning_id, place, scenario, at, change, from_level, to_level, reason, by)
    select w.id, w.place, w.scenario, ${new Date(at)}, ${change}, w.level, w.level, ${text}, ${by}
    from held_warnings(array(
      select distinct e.warning_id from serviced_sign s join alarm a on a.point_id = s.point_id
      join warning_evidence e on e.alarm_id = a.id and e.level > 0 join warning o on o.id = e.warning_id and o.state = 'open'
      where s.window_id = ${id}), ${new Date(moment)}) h
    join warning w on w.id = h.warning_id where h.held_by = ${`service-window/${id}`}`.execute(tx);
}

async function tell(
  tx: Tx,
  at: number,
  { begun, ended }: { readonly begun: readonly Window[]; readonly ended: readonly Window[] },
): Promise<void> {
  await auditRule(
    tx,
    { rule: 'run-suppression', at },
    ended
      .filter(({ endedBy }) => endedBy === null)
      .map(({ id, place, scenario }) => ({
        action: 'service-window.end',
        subject: `service-window/${id}`,
        place,
        scenario,
        after: { why: '到时自行结束' },
      })),
  );
  await announce(
    tx,
    [...begun, ...ended].map(({ id, place, scenario }) => ({
      type: 'service-window.changed',
      at,
      place,
      scenario,
      payload: { id },
    })),
  );
}
