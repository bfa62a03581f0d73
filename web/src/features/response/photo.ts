import { fitWithin } from './photo-size.ts';

const LONGEST = 1600;
const QUALITY = 0.82;
const SENDABLE = ['image/jpeg', 'image/png', 'image/webp'];

/** A picture as it is sent: at most 1600 px, JPEG, upright, without what the camera wrote beside it. */
export async function shrinkPhoto(file: File): Promise<Blob> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch (error) {
    if (SENDABLE.includes(file.type)) return file;
    throw new Error(`这张图片（${file.type || file.name}）读不了。请改用 JPEG 或 PNG，或直接拍照。`, {
      cause: error,
    });
  }
  const { width, height } = fitWithin(bitmap, LONGEST);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { promise, resolve } = Promise.withResolvers<Blob | null>();
  canvas.toBlob(resolve, 'image/jpeg', QUALITY);
  return (await promise) ?? file;
}
