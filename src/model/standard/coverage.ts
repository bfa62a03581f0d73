/**
 * What may be missing on the way from "it exists" to "somebody acts when it speaks": not registered, of no known kind, an element
 * without a point, one whose points are silent, a sign that lacks a parameter, an item without a handbook, a handbook that
 * names a role nobody holds.
 */
export const COVERAGE_GAPS = [
  'unregistered',
  'unclassified',
  'blind',
  'dead',
  'sign-off',
  'no-handbook',
  'post',
] as const;
export type CoverageGap = (typeof COVERAGE_GAPS)[number];

/** Objects of one scenario, kind, town and village, counted together. */
export interface ObjectCount {
  readonly scenario: string;
  /** Null where it is not known what they are. */
  readonly kind: string | null;
  readonly town: string;
  readonly village: string | null;
  readonly objects: number;
  /** Objects that lack nothing of elements and points: kind known, every mandatory element with a living point (A6). */
  readonly covered: number;
  /** Objects with at least one gap of the sort. */
  readonly lacking: Readonly<Record<Exclude<CoverageGap, 'unregistered'>, number>>;
  /** Object × mandatory element; object × sign; object × item. */
  readonly elements: number;
  readonly blind: number;
  readonly dead: number;
  readonly signs: number;
  readonly signsOff: number;
  readonly items: number;
  readonly noHandbook: number;
  readonly noPost: number;
}

/** Lines of the ledger of one scenario, kind, town and village. */
export interface LedgerCount {
  readonly scenario: string;
  readonly kind: string;
  readonly town: string;
  readonly village: string | null;
  /** The figure that was told; null where there is none. */
  readonly figure: number | null;
  /** Lines with a name, and those of them that are registered. */
  readonly named: number;
  readonly linked: number;
}

/** One figure a step. Rates are null where there is nothing to divide by. */
export interface CoverageFigures {
  /** By the ledger; null where it says nothing. */
  readonly should: number | null;
  readonly registered: number;
  readonly covered: number;
  /** Objects that lack it. */
  readonly lacking: Readonly<Record<CoverageGap, number>>;
  readonly elements: number;
  readonly blind: number;
  readonly dead: number;
  readonly signs: number;
  readonly signsOff: number;
  readonly items: number;
  readonly noHandbook: number;
  readonly noPost: number;
  /** covered / registered (indicator A6). */
  readonly rate: number | null;
  /** Object × mandatory element with a living point / all: finer than `rate`, for which one silent point is a whole object. */
  readonly elementRate: number | null;
  /** registered of what the ledger counts / should. */
  readonly registeredRate: number | null;
}

/**
 * Figures of objects and lines of the ledger taken together. What should be there is told kind by kind and town by town: the
 * town's figure, or the sum of its villages', or as many as are named, whichever is most. What is missing there is what should be
 * less what is registered, and never less than the named ones that are not: too many of one kind or in one town do not make
 * up for others.
 */
export function coverageFigures(
  objects: readonly ObjectCount[],
  ledger: readonly LedgerCount[],
): CoverageFigures {
  const sum = (of: (count: ObjectCount) => number): number => objects.reduce((all, one) => all + of(one), 0);
  const registered = sum((one) => one.objects);
  const covered = sum((one) => one.covered);
  const elements = sum((one) => one.elements);
  const blind = sum((one) => one.blind);
  const dead = sum((one) => one.dead);
  const { should, missing } = shortfall(objects, ledger);
  return {
    should,
    registered,
    covered,
    lacking: {
      unregistered: missing,
      unclassified: sum(({ lacking }) => lacking.unclassified),
      blind: sum(({ lacking }) => lacking.blind),
      dead: sum(({ lacking }) => lacking.dead),
      'sign-off': sum(({ lacking }) => lacking['sign-off']),
      'no-handbook': sum(({ lacking }) => lacking['no-handbook']),
      post: sum(({ lacking }) => lacking.post),
    },
    elements,
    blind,
    dead,
    signs: sum((one) => one.signs),
    signsOff: sum((one) => one.signsOff),
    items: sum((one) => one.items),
    noHandbook: sum((one) => one.noHandbook),
    noPost: sum((one) => one.noPost),
    rate: ratio(covered, registered),
    elementRate: ratio(elements - blind - dead, elements),
    registeredRate: should === null ? null : ratio(should - missing, should),
  };
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

interface Line {
  readonly scenario: string;
  readonly kind: string | null;
  readonly town: string;
}

const lineOf = ({ scenario, kind, town }: Line): string => `${scenario} ${kind ?? ''} ${town}`;

/** What should be registered of all kinds in all towns, and how much of it is not. */
function shortfall(
  objects: readonly ObjectCount[],
  ledger: readonly LedgerCount[],
): { readonly should: number | null; readonly missing: number } {
  if (ledger.length === 0) return { should: null, missing: 0 };
  const held = new Map<string, number>();
  for (const one of objects) held.set(lineOf(one), (held.get(lineOf(one)) ?? 0) + one.objects);
  let should = 0;
  let missing = 0;
  for (const [line, counts] of Map.groupBy(ledger, lineOf)) {
    const wanted = wantedOf(counts);
    should += wanted;
    const unlinked = counts.reduce((all, { named, linked }) => all + named - linked, 0);
    missing += Math.min(wanted, Math.max(wanted - (held.get(line) ?? 0), unlinked));
  }
  return { should, missing };
}

/** Of one kind in one town. */
function wantedOf(counts: readonly LedgerCount[]): number {
  const of = (wanted: (count: LedgerCount) => boolean, value: (count: LedgerCount) => number): number =>
    counts.filter(wanted).reduce((all, one) => all + value(one), 0);
  const town = of(
    ({ village }) => village === null,
    ({ figure }) => figure ?? 0,
  );
  // A village's own figure, or as many as are named in it.
  const villages = of(
    ({ village }) => village !== null,
    ({ figure, named }) => Math.max(figure ?? 0, named),
  );
  const named = of(
    () => true,
    (count) => count.named,
  );
  return Math.max(town, villages, named);
}
