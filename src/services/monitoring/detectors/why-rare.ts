import { Rarity, raritySentence, type SignChange } from '#signs';

import type { PointBook } from '../point-book.ts';

/** Why a sign of rarity stands where it stands, as a Chinese sentence: what the detector saw. Nothing for other signs. */
export function whyRare(book: PointBook, { binding, toLevel, value }: SignChange): string | undefined {
  const { measure, sign } = book.bindings[binding] ?? {};
  if (!(measure instanceof Rarity) || !sign) return undefined;
  return raritySentence(sign.name, toLevel, { value, told: measure.told });
}
