import { orderLinkRoutes } from '#contract/response';
import { useState } from 'react';

import { call } from '../../../app/call.ts';
import { shrinkPhoto } from '../photo.ts';

/** A picture of a hand: `id` once it has arrived, `fault` where it did not. */
export interface HandPhoto {
  readonly key: number;
  readonly file: File;
  readonly shown: string;
  readonly id: number | null;
  readonly fault: string | null;
}

export interface HandPhotos {
  readonly all: readonly HandPhoto[];
  readonly add: (file: File) => void;
  readonly retry: (photo: HandPhoto) => void;
  readonly drop: (photo: HandPhoto) => void;
  readonly clear: () => void;
}

let lastKey = 0;

/** Sends pictures as soon as they are taken; they are shown from the phone itself, since a link reads none. */
export function useHandPhotos(link: number): HandPhotos {
  const [all, setAll] = useState<readonly HandPhoto[]>([]);
  const change = (key: number, now: Partial<HandPhoto>): void =>
    setAll((photos) => photos.map((one) => (one.key === key ? { ...one, ...now } : one)));
  const send = async ({ key, file }: HandPhoto): Promise<void> => {
    try {
      const raw = await shrinkPhoto(file);
      const { id } = await call(orderLinkRoutes.photoByLink, { params: { id: link }, raw });
      change(key, { id });
    } catch (error) {
      change(key, { fault: error instanceof Error ? error.message : String(error) });
    }
  };
  return {
    all,
    add: (file) => {
      lastKey += 1;
      const photo = { key: lastKey, file, shown: URL.createObjectURL(file), id: null, fault: null };
      setAll((photos) => [...photos, photo]);
      void send(photo);
    },
    retry: (photo) => {
      change(photo.key, { fault: null });
      void send(photo);
    },
    drop: ({ key, shown }) => {
      URL.revokeObjectURL(shown);
      setAll((photos) => photos.filter((one) => one.key !== key));
    },
    clear: () => {
      for (const { shown } of all) URL.revokeObjectURL(shown);
      setAll([]);
    },
  };
}
