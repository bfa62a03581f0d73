/** More people than any town has: the figure is of something else. */
export const MOST_PEOPLE = 1_000_000;
/** Fewer than any town has: most likely told in ten thousands (万人). */
const FEWEST_RESIDENTS = 100;
/** The district was founded in 1993; figures of before are of other towns. */
const FIRST_DAY = '1993-01-01';

export interface PeopleTold {
  readonly residents: number;
  readonly workers: number | null;
  /** A calendar day of Beijing. */
  readonly asOf: string;
}

/** What cannot be true of a town's people, by field, with how to mend it. `today` is a calendar day of Beijing. */
export function implausible(
  { residents, workers, asOf }: PeopleTold,
  today: string,
): readonly { readonly field: keyof PeopleTold; readonly message: string }[] {
  const tooMany = `超过 ${MOST_PEOPLE / 10_000} 万，一个街镇没有这么多人，请核对是否填了全区的数`;
  return [
    residents < FEWEST_RESIDENTS
      ? { field: 'residents' as const, message: '常住人口不足 100，请按“人”填，不是“万人”' }
      : [],
    residents > MOST_PEOPLE ? { field: 'residents' as const, message: tooMany } : [],
    workers !== null && workers > MOST_PEOPLE ? { field: 'workers' as const, message: tooMany } : [],
    asOf > today ? { field: 'asOf' as const, message: '截至日期在今天以后，请核对' } : [],
    asOf < FIRST_DAY ? { field: 'asOf' as const, message: '早于 1993 年浦东新区成立，请核对年份' } : [],
  ].flat();
}
