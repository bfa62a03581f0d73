import { type ChannelKind, GROUP_KINDS } from '#model/command';
import type { Tx } from '#storage';
import type { RouteChannel } from '#workflow';
import { sql } from 'kysely';

export interface NamedChannel extends RouteChannel {
  readonly name: string;
}

/** The channels that are switched on, with what they serve. */
export async function loadRouteChannels(tx: Tx): Promise<readonly NamedChannel[]> {
  const { rows } = await sql<NamedChannel>`
    select c.id, c.kind, c.name, p.scenario, p.place, p.place_to as "placeTo", c.down_since is not null as down
    from channel c join platform p on p.id = c.platform_id where c.enabled and c.removed_at is null order by c.id`.execute(
    tx,
  );
  return rows;
}

export function isGroupKind(kind: ChannelKind): boolean {
  return GROUP_KINDS.includes(kind);
}
