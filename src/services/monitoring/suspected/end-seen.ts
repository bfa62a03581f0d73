import { sql } from 'kysely';

import type { IntakeDesk } from '../intake/intake-desk.ts';
import type { OpenSource } from '../intake/open-source.ts';
import { feed } from './feed.ts';

interface Open {
  readonly id: number;
  readonly point_id: number | null;
  readonly fed_value: number | null;
}

/** The box says that it is over: what stands in the readings because of it goes back to 0. A person's verdict stays to be given. */
export async function endSeen(
  { system, desk }: IntakeDesk,
  source: OpenSource,
  ended: { readonly camera: string; readonly kind: string; readonly at: number },
): Promise<void> {
  const { camera, kind, at } = ended;
  const { rows } = await system.transaction((tx) =>
    sql<Open>`select id, point_id, fed_value from suspected_event
      where source_id = ${source.id} and camera = ${camera} and kind = ${kind} and ended_at is null
      order by last_at desc limit 1`.execute(tx),
  );
  const [open] = rows;
  if (!open) return;
  if (open.point_id !== null && open.fed_value !== null && open.fed_value !== 0)
    await feed(desk, { point: open.point_id, at, value: 0, source: 'video' });
  await system.transaction((tx) =>
    sql`update suspected_event set ended_at = ${new Date(at)}, fed_value = case when fed_value is null then null else 0 end
      where id = ${open.id}`.execute(tx),
  );
}
