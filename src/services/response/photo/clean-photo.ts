import { availableParallelism } from 'node:os';

import { AppError } from '#base';
import { photoTypeOf } from '#model/platform';
import sharp from 'sharp';

import { type ExifFacts, readExif } from './read-exif.ts';

/** Pixels that a picture may claim to have: what a phone's camera gives, and no more than can be held in memory. */
const MOST_PIXELS = 60_000_000;
/** Longer side of what is kept. */
const KEPT_SIDE = 2048;
const QUALITY = 82;
/** Pictures worked on at a time; the others wait. */
const AT_A_TIME = Math.max(1, Math.floor(availableParallelism() / 2));

export interface CleanPhoto {
  /** A JPEG made anew of the picture's pixels: nothing that was hidden in the file goes along. */
  readonly content: Buffer;
  /** What its camera had written. */
  readonly exif: ExifFacts;
}

let working = 0;
const waiting: (() => void)[] = [];

/**
 * Reads a picture and makes it anew. Throws `attachment.unsupported` for what is none (told by its bytes), or cannot be read to its end;
 * `attachment.too-many-pixels` for one that is larger inside than it looks.
 */
export async function cleanPhoto(given: Uint8Array, declared = ''): Promise<CleanPhoto> {
  if (!photoTypeOf(given))
    throw new AppError('attachment.unsupported', { type: `${declared}（内容不是图片）` });
  if (working >= AT_A_TIME) await new Promise<void>((resolve) => waiting.push(resolve));
  working += 1;
  try {
    return await remake(given, declared);
  } finally {
    working -= 1;
    waiting.shift()?.();
  }
}

async function remake(given: Uint8Array, declared: string): Promise<CleanPhoto> {
  const picture = sharp(given, { limitInputPixels: MOST_PIXELS, failOn: 'error', animated: false });
  try {
    const { exif, width, height } = await picture.metadata();
    if (width * height > MOST_PIXELS)
      throw new AppError('attachment.too-many-pixels', { limit: `${MOST_PIXELS / 1e6} 百万` });
    const content = await picture
      .autoOrient()
      .resize({ width: KEPT_SIDE, height: KEPT_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .jpeg({ quality: QUALITY, mozjpeg: false })
      .toBuffer();
    return { content, exif: exif ? readExif(exif) : {} };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    if (reason.includes('pixel limit'))
      throw new AppError('attachment.too-many-pixels', { limit: `${MOST_PIXELS / 1e6} 百万` });
    throw new AppError('attachment.unsupported', { type: `${declared}（图片读不完整）` });
  }
}
