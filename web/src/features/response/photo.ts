import { fitWithin } from './photo-size.ts';

const FULL = { longest: 1600, quality: 0.82 } as const;
const SENDABLE = ['image/jpeg', 'image/png', 'image/webp'];

/** A picture as it is sent: at most 1600 px, JPEG, upright, without what the camera wrote beside it. */
export async function shrinkPhoto(
  file: Blob,
  { longest, quality }: { readonly longest: number; readonly quality: number } = FULL,
): Promise<Blob> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch (error) {
    if (SENDABLE.includes(file.type)) return file;
    const name = file.type || (file instanceof File ? file.name : '');
    throw new Error(`这张图片（${name}）读不了。请改用 JPEG 或 PNG，或直接拍照。`, { cause: error });
  }
  const { width, height } = fitWithin(bitmap, longest);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { promise, resolve } = Promise.withResolvers<Blob | null>();
  canvas.toBlob(resolve, 'image/jpeg', quality);
  return (await promise) ?? file;
}

/** What a picture's bytes are, to be held against what arrives; null where the browser does not sum (no HTTPS). */
export async function sumOf(photo: Blob): Promise<string | null> {
  const subtle: SubtleCrypto | undefined = window.isSecureContext ? crypto.subtle : undefined;
  if (!subtle) return null;
  const sum = new Uint8Array(await subtle.digest('SHA-256', await photo.arrayBuffer()));
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
