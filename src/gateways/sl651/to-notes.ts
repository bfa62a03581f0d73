import { type DeviceNote, type KnownDevice, PICTURE_MOST } from '#model/monitoring';
import { photoTypeOf } from '#model/platform';
import type { StationNote } from '#protocols/sl651';

import type { GatewayRefusal } from './text.ts';

const TEXT_MOST = 2000;

/** 报文里的图文 → 各归各的设备；有一份不成立，整份报文不收。 */
export function toNotes(
  notes: readonly StationNote[],
  owners: ReadonlyMap<string, KnownDevice>,
): readonly DeviceNote[] | GatewayRefusal {
  const kept: DeviceNote[] = [];
  for (const { station, observedAt, ...said } of notes) {
    const device = owners.get(station);
    const refusal = observedAt === undefined ? 'bad-time' : refusalOf(said);
    if (refusal !== undefined) return refusal;
    if (device !== undefined && observedAt !== undefined) kept.push({ ...said, device, observedAt });
  }
  return kept;
}

type Said =
  | { readonly kind: 'picture'; readonly picture: Uint8Array }
  | { readonly kind: 'text'; readonly text: string };

/** 标准的图片只有 JPEG（表 C.1 注 d）。 */
function refusalOf(said: Said): GatewayRefusal | undefined {
  if (said.kind === 'text') {
    if (said.text === '') return 'text-empty';
    return said.text.length > TEXT_MOST ? 'text-too-long' : undefined;
  }
  if (said.picture.length > PICTURE_MOST) return 'picture-too-large';
  return photoTypeOf(said.picture) === 'image/jpeg' ? undefined : 'picture-no-jpeg';
}
