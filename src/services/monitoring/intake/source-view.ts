import type { IntakeSource } from '#contract/monitoring';
import type { IntakeAuth, IntakeKind, IntakeSettings } from '#model/monitoring';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { refusalText } from '../refusal-text.ts';
import { INTAKE } from './intake-desk.ts';

interface Row {
  readonly id: number;
  readonly code: string;
  readonly kind: IntakeKind;
  readonly name: string;
  readonly platform: string;
  readonly platform_name: string;
  readonly auth: IntakeAuth;
  readonly addresses: string[];
  readonly settings: IntakeSettings;
  readonly enabled: boolean;
  readonly simulated: boolean;
  readonly accepted: number;
  readonly last_at: number | null;
  readonly refused: { readonly reason: string; readonly count: number }[] | null;
  readonly unclassified: number;
  readonly messages: number;
  readonly version: number;
}

/** Sources the caller may see, with what was refused of them, by reason. */
export async function loadSources(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly IntakeSource[]> {
  const { rows } = await sql<Row>`
    select s.id, s.code, s.kind, s.name, p.code as platform, p.name as platform_name, s.auth, s.addresses, s.settings, s.enabled,
      s.simulated, s.accepted, s.last_at, s.version,
      (select json_agg(json_build_object('reason', r.reason, 'count', r.count) order by r.count desc)
        from frame_refusal r where r.protocol = ${INTAKE} and r.device_code = s.code) as refused,
      (select count(*) from intake_kind k where k.source_id = s.id and k.element_code is null) as unclassified,
      (select count(*) from intake_message m where m.source_id = s.id) as messages
    from intake_source s join platform p on p.id = s.platform_id ${suffix}`.execute(tx);
  return rows.map(show);
}

function show({ platform_name, last_at, refused, ...row }: Row): IntakeSource {
  return {
    ...row,
    platformName: platform_name,
    path: `/ingest/${row.kind}/${row.code}`,
    lastAt: last_at,
    refused: (refused ?? []).map(({ reason, count }) => ({
      reason,
      text: refusalText(INTAKE, reason),
      count,
    })),
  };
}
