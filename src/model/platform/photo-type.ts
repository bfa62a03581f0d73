/** Image types a photo may have, told by their first bytes: a name or header can say anything. */
export const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type PhotoType = (typeof PHOTO_TYPES)[number];

const SIGNATURES: readonly { readonly type: PhotoType; readonly bytes: readonly (number | null)[] }[] = [
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  // RIFF, four bytes of length, WEBP.
  { type: 'image/webp', bytes: [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50] },
];

export function photoTypeOf(content: Uint8Array): PhotoType | undefined {
  return SIGNATURES.find(
    ({ bytes }) =>
      content.length > bytes.length && bytes.every((byte, i) => byte === null || content[i] === byte),
  )?.type;
}
