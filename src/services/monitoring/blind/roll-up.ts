import type { BlindPeople, BlindSpotView, BlindTown } from '#contract/monitoring';
import type { BlindState } from '#model/monitoring';

const STATES = ['blind', 'thin', 'never'] as const satisfies readonly BlindState[];
type Roll = Readonly<Record<(typeof STATES)[number], BlindPeople>>;

/** Who lives and works where it is blind, thin or never watched: each town once, however many scenarios are concerned. */
export function rollUp(
  spots: readonly Pick<BlindSpotView, 'town' | 'village' | 'state'>[],
  towns: ReadonlyMap<string, BlindTown>,
): Roll {
  const [blind, thin, never] = STATES.map((state) =>
    peopleOf(
      new Set(
        spots.flatMap((spot) =>
          spot.state === state && spot.village === null && spot.town !== '' ? [spot.town] : [],
        ),
      ),
      towns,
    ),
  );
  return { blind: blind ?? NOBODY, thin: thin ?? NOBODY, never: never ?? NOBODY };
}

const NOBODY: BlindPeople = { towns: 0, residents: null, workers: null, untold: 0 };

function peopleOf(codes: ReadonlySet<string>, towns: ReadonlyMap<string, BlindTown>): BlindPeople {
  const concerned = [...codes].map((code) => towns.get(code));
  return {
    towns: codes.size,
    residents: sum(concerned.map((town) => town?.residents ?? null)),
    workers: sum(concerned.map((town) => town?.workers ?? null)),
    untold: concerned.filter((town) => (town?.residents ?? null) === null).length,
  };
}

/** Of what was told; null where nothing was. */
function sum(figures: readonly (number | null)[]): number | null {
  const told = figures.filter((figure) => figure !== null);
  return told.length === 0 ? null : told.reduce((a, b) => a + b, 0);
}
