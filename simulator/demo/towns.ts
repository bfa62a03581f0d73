import { readFileSync } from 'node:fs';
import { z } from 'zod';

import { rainShare } from './rain.ts';
import type { Town } from './gauge.ts';

const tree = z.object({
  platforms: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      kind: z.string(),
      lat: z.number().optional(),
      lon: z.number().optional(),
    }),
  ),
});

const FILE = new URL('../../standards/platforms.json', import.meta.url);

/** The 36 towns of the platform tree, the wettest first. */
export function readTowns(): Town[] {
  const { platforms } = tree.parse(JSON.parse(readFileSync(FILE, 'utf8')));
  const towns = platforms.flatMap(({ code, name, kind, lat, lon }) =>
    kind === 'town' && lat !== undefined && lon !== undefined ? [{ code, name, lat, lon }] : [],
  );
  return towns.toSorted((a, b) => rainShare(b) - rainShare(a));
}
