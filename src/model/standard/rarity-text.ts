const TEN_THOUSAND = 10_000;

/** "1.2 万条读数里才有一次", "3400 条读数里才有一次": a rarity (decades of a return period) as a person would say it, to two digits. */
export function rarityText(decades: number): string {
  const readings = Math.max(1, Number((10 ** decades).toPrecision(2)));
  const isMany = readings >= TEN_THOUSAND;
  return `${isMany ? readings / TEN_THOUSAND : readings} ${isMany ? '万' : ''}条读数里才有一次`;
}
