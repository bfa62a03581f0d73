import type { Callee } from '#contract/command';
import { audit, openPhone, type RequestContext } from '#services/context';
import type { Tx, Vault } from '#storage';
import { sql } from 'kysely';

interface OnDutyRow {
  readonly platform_name: string;
  readonly seat: string;
  readonly until: number;
  readonly person: string;
  readonly post: string;
  readonly subject: string;
  readonly phone_sealed: string | null;
  readonly phone_masked: string | null;
  readonly phone_public: boolean;
}

interface HotlineRow {
  readonly name: string;
  readonly post: string;
  readonly phone_sealed: string;
}

const HOTLINES_MOST = 8;

/**
 * Whom those who work on the spot call: who stands now at their town, scenario and district, nearest first, then hotlines. The numbers
 * are told, since they are needed where there is no signal to ask for them; whose stand in the audit.
 */
export async function listCallees(context: RequestContext): Promise<{ items: Callee[] }> {
  context.authorize('work-order.dispose');
  const { places, scenarios } = context.actor.rights.scopeOf('work-order.dispose');
  // Whose rights hang on a scenario alone works anywhere in the district.
  const place = places[0]?.from ?? null;
  const scenario = scenarios[0] ?? null;
  return context.transaction(async (tx) => {
    const { rows } = await sql<OnDutyRow>`
      select * from duty_above(${new Date(context.now())}, ${place}::int, ${scenario}::int2)`.execute(tx);
    await tellAudit(context, tx, rows);
    const hotlines = await loadHotlines(tx);
    return {
      items: [
        ...rows.map((row) => ({
          duty: { platform: row.platform_name, seat: row.seat, until: row.until },
          name: row.person,
          post: row.post,
          ...numberOf(context.vault, row.phone_sealed),
        })),
        ...hotlines.map((row) => ({
          duty: null,
          name: row.name,
          post: row.post,
          ...numberOf(context.vault, row.phone_sealed),
        })),
      ],
    };
  });
}

async function loadHotlines(tx: Tx): Promise<readonly HotlineRow[]> {
  const { rows } = await sql<HotlineRow>`
    select name, concat_ws(' ', unit, title) as post, phone_sealed from contact
    where phone_public and phone_sealed is not null and retired_at is null order by id limit ${HOTLINES_MOST}`.execute(
    tx,
  );
  return rows;
}

function numberOf(vault: Vault, sealed: string | null): Pick<Callee, 'phone' | 'href'> {
  if (sealed === null) return { phone: null, href: null };
  const phone = openPhone(vault, sealed);
  return { phone, href: `tel:${phone.replaceAll(/[ -]/gu, '')}` };
}

async function tellAudit(context: RequestContext, tx: Tx, rows: readonly OnDutyRow[]): Promise<void> {
  const told = rows.filter((row) => row.phone_sealed !== null && !row.phone_public);
  if (told.length === 0) return;
  await audit(context, tx, {
    action: 'personal.reveal',
    subject: 'duty-callees',
    after: {
      what: 'phone',
      people: told.map(({ subject, phone_masked: phone }) => ({ subject, phone })),
      reason: '现场联系值班',
    },
  });
}
