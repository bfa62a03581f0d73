import { shrinkPhoto, sumOf } from '../photo.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { SealedPhoto } from './kept-work.ts';

/** For a server (or what stands before it) that takes no more. */
const SMALLER = { longest: 1000, quality: 0.6 } as const;
/** Longer than this a line that swallows what is sent is not believed. */
const PICTURE_MS = 60_000;

/** Sends a picture as it was sealed, and once more made smaller where it is too large on the way. */
export async function sendPicture<T>(
  { blob, sha256 }: SealedPhoto,
  send: (raw: Blob, sha256: string | null, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await send(blob, sha256, AbortSignal.timeout(PICTURE_MS));
  } catch (error) {
    if (judgeAnswer(error) !== 'too-large') throw error;
    const smaller = await shrinkPhoto(blob, SMALLER);
    return send(smaller, await sumOf(smaller), AbortSignal.timeout(PICTURE_MS));
  }
}
