import type { platformRoutes } from '#contract/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

type Reply = z.output<typeof platformRoutes.getBorders.reply>;

/** The 36 town centres of the platform list. */
const CENTRES_ATTRIBUTION = '街镇中心点：© OpenStreetMap contributors (ODbL 1.0)';

/** The imported borders as GeoJSON; without an import there are no features, and no invented borders. */
export async function getBorders(context: RequestContext): Promise<Reply> {
  context.authorize('map.read');
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ feature: object }>`
      select json_build_object('type', 'Feature', 'properties', json_build_object('code', b.town, 'name', p.name),
        'geometry', b.geometry) as feature
      from town_border b join platform p on p.code = b.town order by p.id`.execute(tx);
    const features = rows.map((row) => row.feature);
    return { type: 'FeatureCollection' as const, attribution: await attributionOf(tx), features };
  });
}

/** Whom the map must name: the makers of the centres and of every imported border. */
export async function attributionOf(tx: Tx): Promise<string> {
  const { rows } = await sql<{ attribution: string }>`
    select distinct attribution from town_border order by attribution`.execute(tx);
  const borders = rows.map((row) => `街镇边界：${row.attribution}`);
  return [CENTRES_ATTRIBUTION, ...borders].join('；');
}
