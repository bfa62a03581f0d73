import type { AppdataField, AppdataType } from '#model/monitoring';

const WIDTH: Readonly<Record<string, number>> = { '8': 1, '16': 2, '32': 4 };

/** The numbers of one message by a source's layout, or undefined where the message is too short for it. */
export function readAppdata(
  bytes: Uint8Array,
  layout: readonly AppdataField[],
): readonly (readonly [factor: string, value: number])[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ends = layout.map(({ at, type }) => at + widthOf(type));
  if (ends.some((end) => end > bytes.length)) return undefined;
  return layout.map((field): readonly [string, number] => [field.factor, numberAt(view, field)]);
}

function widthOf(type: AppdataType): number {
  return WIDTH[type.replaceAll(/\D/gu, '')] ?? 1;
}

function numberAt(view: DataView, { at, type }: AppdataField): number {
  const little = type.endsWith('le');
  const plain = little ? type.slice(0, -2) : type;
  switch (plain) {
    case 'u8':
      return view.getUint8(at);
    case 'i8':
      return view.getInt8(at);
    case 'u16':
      return view.getUint16(at, little);
    case 'i16':
      return view.getInt16(at, little);
    case 'u32':
      return view.getUint32(at, little);
    case 'i32':
      return view.getInt32(at, little);
    default:
      return view.getFloat32(at, little);
  }
}
