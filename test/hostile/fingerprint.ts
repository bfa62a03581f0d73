import { SELF_TEST_PLACE } from '#model/platform';
import type { Storage } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** What nobody hostile may change: of each table the columns that make a difference, not the clocks and counters beside them. */
const ROWS = {
  // The people of the self-tests come by themselves, a second after the server.
  account: sql`select id, username, name, password_hash, disabled_at, platform_id, totp_enrolled_at from account
    where place is distinct from ${SELF_TEST_PLACE}::int`,
  role: sql`select id, account_id, role, platform_id, valid_to from role_assignment`,
  session: sql`select id, account_id from session`,
  token: sql`select id, name, kind, account_id, device_id, platform_id, only_scenarios, expires_at, revoked_at from token`,
  object: sql`select id, code, name, place, scenarios, simulated, version, retired_at from monitored_object`,
  unit: sql`select id, code, name, place, version from unit`,
  platform: sql`select id, code, name, version from platform`,
  'column-mapping': sql`select id, account_id, name, columns from import_mapping`,
  'identity-mapping': sql`select * from identity_mapping`,
  'identity-person': sql`select * from identity_person`,
  setting: sql`select * from platform_setting`,
  reading: sql`select point_id, observed_at, value from reading`,
} satisfies Readonly<Record<string, RawBuilder<unknown>>>;

export type Watched = keyof typeof ROWS;
type Fingerprint = Readonly<Record<Watched, string>>;

/** A digest of every table that is watched. */
export async function fingerprint(storage: Storage): Promise<Fingerprint> {
  const columns = Object.entries(ROWS).map(
    ([name, rows]) =>
      sql`(select md5(coalesce(string_agg(r::text, e'\n' order by r::text), '')) from (${rows}) r) as ${sql.id(name)}`,
  );
  const found = await sql<Fingerprint>`select ${sql.join(columns)}`.execute(storage.system);
  const [row] = found.rows;
  if (!row) throw new Error('the tables gave no fingerprint');
  return row;
}
