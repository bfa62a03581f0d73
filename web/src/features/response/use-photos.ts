import { responseRoutes } from '#contract/response';
import { useState } from 'react';

import { call } from '../../app/call.ts';
import { shrinkPhoto } from './photo.ts';
import type { DraftHold } from './use-draft.ts';

/** A picture on its way: `fault` is the sentence when it did not arrive; the picture is kept for another try. */
interface Upload {
  readonly key: number;
  readonly file: File;
  readonly step: string | null;
  readonly fault: string | null;
}

export interface Photos {
  readonly uploads: readonly Upload[];
  readonly add: (file: File, step: string | null) => void;
  readonly retry: (upload: Upload) => void;
  readonly drop: (key: number) => void;
}

let lastKey = 0;

/** Sends pictures as soon as they are taken; those that arrived wait in the draft for the next action. */
export function usePhotos(order: number, hold: DraftHold): Photos {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const { change } = hold;
  const drop = (key: number): void => setUploads((all) => all.filter((upload) => upload.key !== key));
  const send = async (upload: Upload): Promise<void> => {
    const name = upload.step === null ? '现场照片' : `步骤 ${upload.step} 照片`;
    try {
      const raw = await shrinkPhoto(upload.file);
      const sent = await call(responseRoutes.uploadAttachment, {
        params: { id: order },
        query: { name },
        raw,
      });
      drop(upload.key);
      change((draft) => ({ photos: [...draft.photos, { id: sent.id, step: upload.step, name: sent.name }] }));
    } catch (error) {
      const fault = error instanceof Error ? error.message : String(error);
      setUploads((all) => all.map((one) => (one.key === upload.key ? { ...one, fault } : one)));
    }
  };
  return {
    uploads,
    drop,
    add: (file, step) => {
      lastKey += 1;
      const upload = { key: lastKey, file, step, fault: null };
      setUploads((all) => [...all, upload]);
      void send(upload);
    },
    retry: (upload) => {
      setUploads((all) => all.map((one) => (one.key === upload.key ? { ...one, fault: null } : one)));
      void send(upload);
    },
  };
}
