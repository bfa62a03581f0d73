import { type Limit, type Sign, SIGN_LEVELS } from '#model/standard';

/** Every limit a sign holds, with where it stands. */
export function limitsOf(sign: Sign): readonly { readonly limit: Limit; readonly at: string }[] {
  const { measure } = sign;
  return [
    ...('past' in measure ? [{ limit: measure.past, at: 'measure.past' }] : []),
    ...SIGN_LEVELS.flatMap((level) => {
      const cell = sign.levels[level];
      if (cell === undefined) return [];
      return [
        { limit: cell.limit, at: `levels.${level}.limit` },
        ...(cell.lower === undefined ? [] : [{ limit: cell.lower, at: `levels.${level}.lower` }]),
        ...(cell.own === undefined
          ? []
          : [
              { limit: cell.own.from, at: `levels.${level}.own.from` },
              { limit: cell.own.to, at: `levels.${level}.own.to` },
            ]),
      ];
    }),
  ];
}

/**
 * Whether a worse level's limit is not beyond the better one's. Limits of the same parameter are compared by what is made of it;
 * those of different parameters (a warning and a guarantee stage) can only be compared at the object, where they are known.
 */
export function outOfOrder(worse: Limit, better: Limit, rising: boolean): boolean {
  const difference = differenceOf(worse, better);
  return difference !== undefined && (rising ? difference <= 0 : difference >= 0);
}

/** How much more the one is, where that can be told without an object. */
export function differenceOf(worse: Limit, better: Limit): number | undefined {
  if (typeof worse === 'number' && typeof better === 'number') return worse - better;
  if (typeof worse === 'number' || typeof better === 'number') return undefined;
  if (worse.parameter !== better.parameter) return undefined;
  const times = (worse.times ?? 1) - (better.times ?? 1);
  const plus = (worse.plus ?? 0) - (better.plus ?? 0);
  // Parameters are sizes (a design value, a capacity), so more of it is more.
  if (times === 0) return plus;
  return plus === 0 ? times : undefined;
}
