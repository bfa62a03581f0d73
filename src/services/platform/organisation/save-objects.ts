import { announce, auditAll, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { carryPoints } from '../object/carry-points.ts';
import type { ObjectChange } from './object-change.ts';

const COLUMNS =
  sql.raw(`code, name, scenarios, place, town, village, place_approximate, lat, lon, address, owner, operator,
  maintainer, owner_unit, operator_unit, maintainer_unit`);
const AS_ROWS =
  sql.raw(`as r(id int, code text, name text, scenarios int2[], place int, town text, village text,
  place_approximate boolean, lat float8, lon float8, address text, owner text, operator text, maintainer text, owner_unit int,
  operator_unit int, maintainer_unit int)`);

/** Writes the changes in two statements, takes points along, and tells the audit of every object and the stream of all at once. */
export async function saveObjects(
  context: RequestContext,
  tx: Tx,
  changes: readonly ObjectChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const created = changes.filter(({ before }) => before === null).map(({ after }) => after);
  const updated = changes.flatMap(({ before, after }) => (before ? [{ id: before.id, ...after }] : []));
  const { rows: made } = await sql<{
    id: number;
  }>`insert into monitored_object (${COLUMNS}, simulated, created_at)
    select ${COLUMNS}, false, ${new Date(context.now())}
    from json_to_recordset(${JSON.stringify(created)}::json) ${AS_ROWS} returning id`.execute(tx);
  await sql`update monitored_object o set (${COLUMNS}, version) = row(r.code, r.name, r.scenarios, r.place, r.town, r.village,
      r.place_approximate, r.lat, r.lon, r.address, r.owner, r.operator, r.maintainer, r.owner_unit, r.operator_unit,
      r.maintainer_unit, o.version + 1)
    from json_to_recordset(${JSON.stringify(updated)}::json) ${AS_ROWS} where o.id = r.id`.execute(tx);
  const carried = changes.flatMap(({ before, after }) =>
    before &&
    (before.place !== after.place || JSON.stringify(before.scenarios) !== JSON.stringify(after.scenarios))
      ? [before.id]
      : [],
  );
  if (carried.length > 0) await carryPoints(tx, carried);
  await auditAll(
    context,
    tx,
    changes.map(({ before, after }) => ({
      action: before ? 'object.update' : 'object.register',
      subject: `object/${after.code}`,
      before,
      after,
      place: after.place,
      scenario: after.scenarios[0] ?? null,
    })),
  );
  const moved = changes.flatMap(({ before, after }) =>
    before && before.place !== after.place ? [before.id] : [],
  );
  const objects = [...made, ...updated].map(({ id }) => id);
  const payload = { id: 0, state: 'imported', objects, moved };
  await announce(tx, [{ type: 'object.changed', at: context.now(), place: null, scenario: null, payload }]);
}
