/** How far the area of a card reaches: one object, a village, a town, or all there is. */
export const CARD_GRAINS = ['object', 'village', 'town', 'district'] as const;
export type CardGrain = (typeof CARD_GRAINS)[number];

/** Open warnings of one item and one cause at one place, added up; or a single warning, where `warning` is set. Moments are epoch ms. */
export interface CardCell {
  readonly item: string;
  readonly scenario: number;
  /** What brought them about, where that is known: `warning/7`, `fault/12`. */
  readonly cause: string | null;
  /** The recording it comes from; null: live. */
  readonly session: number | null;
  readonly place: number;
  /** Id of the one warning, and the name of its object. */
  readonly warning: number | null;
  readonly object: string | null;
  /** Per level, blue first. */
  readonly levels: readonly [number, number, number, number];
  readonly unacknowledged: number;
  /** Their orders that are late. */
  readonly overdue: number;
  readonly simulated: number;
  readonly firstAt: number;
  readonly changedAt: number;
  /** Greatest id among them. */
  readonly newest: number;
}

/** What the warnings of a card have in common: their cause, or the place they lie in. */
export interface CardArea {
  readonly kind: CardGrain | 'cause';
  /** What names it for good: a cause, a warning's id, a place number, a town's code; empty for all there is. */
  readonly code: string;
  readonly name: string;
}

/** Which area a cell falls into at a grain. */
export type AreaAt = (cell: CardCell, grain: CardGrain) => CardArea;

export interface WarningCardDraft {
  readonly area: CardArea;
  readonly cells: readonly CardCell[];
}

/**
 * What shares a card: what one cause has brought about, whatever it is; else one item of one scenario. Never a recording and
 * what is live.
 */
export function cardSubject({ item, scenario, cause, session }: CardCell): string {
  return `${cause ?? `${item} ${scenario}`} ${session ?? 'live'}`;
}

/**
 * How coarse each subject's cards are, `finest` at least: areas grow, those of the subject with most cards first, until there are no more than
 * `most` cards or nothing is left to grow. Gives the grain per {@link cardSubject}.
 */
export function chooseGrains(
  cells: readonly CardCell[],
  areaAt: AreaAt,
  { most, finest }: { readonly most: number; readonly finest: CardGrain },
): ReadonlyMap<string, CardGrain> {
  const spreads = [...Map.groupBy(cells, cardSubject)].map(([subject, its]) => ({
    subject,
    counts: countsOf(its, areaAt),
    step: CARD_GRAINS.indexOf(finest),
  }));
  const cardsOf = (one: (typeof spreads)[number]): number => one.counts[one.step] ?? 1;
  let total = spreads.reduce((sum, one) => sum + cardsOf(one), 0);
  while (total > most) {
    const [widest] = spreads
      .filter((one) => one.step < CARD_GRAINS.length - 1 && cardsOf(one) > 1)
      .toSorted((a, b) => cardsOf(b) - cardsOf(a) || (a.subject < b.subject ? -1 : 1));
    if (!widest) break;
    const before = cardsOf(widest);
    widest.step += 1;
    total += cardsOf(widest) - before;
  }
  return new Map(spreads.map(({ subject, step }) => [subject, CARD_GRAINS[step] ?? 'district']));
}

/** Cards at each grain, object first. */
function countsOf(cells: readonly CardCell[], areaAt: AreaAt): readonly number[] {
  return CARD_GRAINS.map((grain) =>
    grain === 'object' && cells[0]?.cause === null
      ? cells.reduce((sum, cell) => sum + countOf(cell), 0)
      : new Set(cells.map((cell) => areaAt(cell, grain).code)).size,
  );
}

/** Cells of one subject and one area become a card; the worst first, then the one with most, then the newest. */
export function gatherCards(
  cells: readonly CardCell[],
  areaAt: AreaAt,
  grains: ReadonlyMap<string, CardGrain>,
): readonly WarningCardDraft[] {
  const areas = new Map<string, CardArea>();
  const groups = Map.groupBy(cells, (cell) => {
    const subject = cardSubject(cell);
    const area = areaAt(cell, grains.get(subject) ?? 'district');
    const key = `${subject} ${area.kind} ${area.code}`;
    areas.set(key, area);
    return key;
  });
  return [...groups]
    .flatMap(([key, its]) => {
      const area = areas.get(key);
      return area ? [{ area, cells: its }] : [];
    })
    .toSorted((a, b) => urgencyOf(b) - urgencyOf(a) || newestOf(b) - newestOf(a));
}

/** Worse beats more: a level weighs more than any number of cards can hold. */
const LEVEL_WEIGHT = 1e9;

function urgencyOf({ cells }: WarningCardDraft): number {
  return worstOf(cells) * LEVEL_WEIGHT + cells.reduce((sum, cell) => sum + countOf(cell), 0);
}

function newestOf({ cells }: WarningCardDraft): number {
  return Math.max(...cells.map(({ newest }) => newest));
}

/** Rank of the worst level: 1 blue … 4 red. */
export function worstOf(cells: readonly CardCell[]): number {
  return 1 + Math.max(0, ...cells.map(({ levels }) => levels.findLastIndex((count) => count > 0)));
}

export function countOf({ levels }: CardCell): number {
  return levels[0] + levels[1] + levels[2] + levels[3];
}
