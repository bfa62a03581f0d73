import type { Tx } from '#storage';

export const PARTIES = ['owner', 'operator', 'maintainer'] as const;
export type PartyKind = (typeof PARTIES)[number];

export type PartyColumns = Partial<Record<PartyKind, string | null>> &
  Partial<Record<`${PartyKind}_unit`, number | null>>;

/**
 * The columns of the owner, operator and maintainer that were given: the unit where the text is the code or the name of one the
 * caller may see, else the name as it is. What was not given is left out; null clears.
 */
export async function partyColumns(
  tx: Tx,
  given: Readonly<Partial<Record<PartyKind, string | null | undefined>>>,
): Promise<PartyColumns> {
  const texts = PARTIES.flatMap((kind) => given[kind] ?? []);
  const units =
    texts.length === 0
      ? []
      : await tx
          .selectFrom('unit')
          .select(['id', 'code', 'name'])
          .where((where) => where.or([where('code', 'in', texts), where('name', 'in', texts)]))
          .orderBy('id')
          .execute();
  const columns: PartyColumns = {};
  for (const kind of PARTIES) {
    const text = given[kind];
    if (text === undefined) continue;
    const unit = units.find(({ code }) => code === text) ?? units.find(({ name }) => name === text);
    columns[kind] = unit?.name ?? text;
    columns[`${kind}_unit`] = unit?.id ?? null;
  }
  return columns;
}
