import { createHash } from 'node:crypto';

import { type Address, hexOf, type UnitObject } from '#protocols/gb26875';

/** GB/T 26875.3 §8.3: as many fit into a unit of 1024 bytes. */
export const ANALOGUES_PER_FRAME = 63;

/**
 * Kinds of our own (128–255 are the user's): an analogue has two bytes, so small values travel in hundredths, large
 * ones in tenths or wholes. Each has its factor with its scale.
 */
const KINDS = [
  { kind: 201, scale: 0.01, perUnit: 100 },
  { kind: 202, scale: 0.1, perUnit: 10 },
  { kind: 203, scale: 1, perUnit: 1 },
] as const;
const LARGEST = 0x7fff;

/** Six bytes for a device that has a name only; the same name gives the same address. */
export const addressFor = (name: string): Address =>
  hexOf(createHash('sha256').update(name).digest().subarray(0, 6));

/** The place of a device's nth channel, `1.1/0.05000000`: a component of a general type. */
export function placeFor(index: number): string {
  const address = Uint8Array.of(index & 0xff, (index >> 8) & 0xff, 0, 0);
  return `1.1/0.${hexOf(address)}`;
}

/** The factors a channel may speak by, with what makes its values of them. */
export const factorsAt = (place: string): readonly { readonly factor: string; readonly scale: number }[] =>
  KINDS.map(({ kind, scale }) => ({ factor: `${place}/kind-${kind}`, scale }));

/** A value as an analogue object of the finest kind that holds it; undefined where none does. */
export function analogueOf(place: string, value: number): UnitObject | undefined {
  const fitting = KINDS.find(({ perUnit }) => Math.abs(Math.round(value * perUnit)) <= LARGEST);
  if (fitting === undefined) return undefined;
  const [, address = ''] = place.split('0.');
  return {
    systemType: 1,
    systemAddress: 1,
    componentType: 0,
    componentAddress:
      Number.parseInt(address.slice(0, 2), 16) + Number.parseInt(address.slice(2, 4), 16) * 256,
    analogueKind: fitting.kind,
    analogueRaw: Math.round(value * fitting.perUnit),
  };
}
