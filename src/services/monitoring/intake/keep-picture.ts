import { PICTURE_MOST } from '#model/monitoring';
import { photoTypeOf } from '#model/platform';

import { INTAKE, type IntakeDesk } from './intake-desk.ts';
import type { OpenSource } from './open-source.ts';

/**
 * Keeps the picture of an event: bytes that came beside it, or base64 in it. Null where there is none or it is none; why is counted.
 * An address of a picture is not fetched: whoever can push must not make us ask around in the network.
 */
export async function keepPicture(
  { pictures, desk }: IntakeDesk,
  source: OpenSource,
  picture: Buffer | string | undefined,
): Promise<string | null> {
  if (picture === undefined) return null;
  const refuse = (reason: string): null => {
    desk.ledger.framesRefused(INTAKE, reason, source.code, 1);
    return null;
  };
  if (typeof picture === 'string' && /^(?:https?|rtsp|ftp):/iu.test(picture))
    return refuse('picture-by-address');
  const content = typeof picture === 'string' ? fromBase64(picture) : picture;
  if (content.length > PICTURE_MOST) return refuse('picture-too-large');
  if (photoTypeOf(content) === undefined) return refuse('picture-no-picture');
  return pictures.put(content);
}

function fromBase64(text: string): Buffer {
  return Buffer.from(text.replace(/^data:[^,]{0,100},/u, ''), 'base64');
}
