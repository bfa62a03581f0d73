import type { CompositeReach } from '#model/standard';

import { spanText } from '../words.ts';
import { WITHIN_TEXT } from './text.ts';

/** Which objects' facts a composite sign is shown, in words. */
export function withinWords({
  sameObject,
  linked,
  sameTown,
  radiusMeters,
  windowSeconds,
}: CompositeReach): string {
  const around = [
    ...(radiusMeters === undefined ? [] : [WITHIN_TEXT.radius(radiusMeters)]),
    ...(sameTown === true ? [WITHIN_TEXT.sameTown] : []),
  ].join('中');
  const seen = [
    ...(sameObject === true ? [WITHIN_TEXT.sameObject] : []),
    ...(linked === true ? [WITHIN_TEXT.linked] : []),
    ...(around === '' ? [] : [around]),
  ].join('、');
  const whole = seen === '' ? WITHIN_TEXT.district : seen;
  return windowSeconds === undefined ? whole : `${whole}，${WITHIN_TEXT.window(spanText(windowSeconds))}`;
}
