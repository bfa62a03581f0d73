import { useCallback, useEffect, useRef, useState } from 'react';

import { useSession } from '../../app/session.ts';
import { shrinkPhoto, sumOf } from './photo.ts';
import { takePlace } from './place.ts';
import { judgeAnswer } from './queue/judge-answer.ts';
import { sendPhoto } from './queue/send-acts.ts';
import { putPhoto, readPhoto, removePhotos, sealPlace } from './queue/work-store.ts';
import { randomKey } from '../../app/random-key.ts';
import type { DraftHold } from './use-draft.ts';

/** A picture of the draft as the page shows it. */
export interface ShownPhoto {
  readonly url: string;
  /** `waiting`: on the phone, goes with the next act or as soon as there is a line. */
  readonly state: 'sending' | 'sent' | 'waiting';
  /** Why the server does not take it. */
  readonly fault: string | null;
}

export interface Photos {
  readonly shown: ReadonlyMap<string, ShownPhoto>;
  /** Pictures that could not be read, in sentences. */
  readonly faults: readonly { readonly step: string | null; readonly text: string }[];
  readonly add: (file: File, step: string | null) => void;
  readonly drop: (id: string) => void;
  readonly retry: (id: string) => void;
}

/** Pictures of a draft: kept on the phone as they are taken, sent as soon as there is a line, shown from the phone. */
export function usePhotos(order: number, hold: DraftHold): Photos {
  const account = useSession()?.user.username ?? '';
  const [faults, setFaults] = useState<Photos['faults']>([]);
  const { shown, send, forget } = useShown(hold.draft.photos.map(({ id }) => id));
  const { change } = hold;
  const add = async (file: File, step: string | null): Promise<void> => {
    const takenAt = Date.now();
    try {
      const blob = await shrinkPhoto(file);
      const sha256 = await sumOf(blob);
      const name = step === null ? '现场照片' : `步骤 ${step} 照片`;
      const id = randomKey();
      const sealed = { takenAt, sha256, place: null };
      await putPhoto({ id, account, order, step, name, blob, ...sealed, attachment: null });
      change((draft) => ({ photos: [...draft.photos, { id, step, name }] }));
      const place = await takePlace();
      if (place) await sealPlace(id, place);
      await send(id);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      setFaults((all) => [...all, { step, text }]);
    }
  };
  return {
    shown,
    faults,
    add: (file, step) => {
      setFaults((all) => all.filter((one) => one.step !== step));
      void add(file, step);
    },
    drop: (id) => {
      change((draft) => ({ photos: draft.photos.filter((photo) => photo.id !== id) }));
      forget(id);
      void removePhotos([id]);
    },
    retry: (id) => void send(id),
  };
}

/** The pictures of these ids out of the store, each read once. */
function useShown(ids: readonly string[]) {
  const [shown, setShown] = useState<ReadonlyMap<string, ShownPhoto>>(new Map());
  const urls = useRef(new Map<string, string>());
  const set = useCallback((id: string, part: Omit<ShownPhoto, 'url'>): void => {
    const url = urls.current.get(id);
    if (url !== undefined) setShown((all) => new Map(all).set(id, { url, ...part }));
  }, []);
  const load = useCallback(
    async (id: string): Promise<void> => {
      if (urls.current.has(id)) return;
      const photo = await readPhoto(id);
      if (!photo || urls.current.has(id)) return;
      urls.current.set(id, URL.createObjectURL(photo.blob));
      set(id, { state: photo.attachment === null ? 'waiting' : 'sent', fault: null });
    },
    [set],
  );
  const key = ids.join(' ');
  useEffect(() => {
    for (const id of key.split(' ')) if (id !== '') void load(id);
  }, [key, load]);
  useEffect(() => {
    const made = urls.current;
    return () => {
      for (const url of made.values()) URL.revokeObjectURL(url);
      made.clear();
    };
  }, []);
  const send = async (id: string): Promise<void> => {
    await load(id);
    set(id, { state: 'sending', fault: null });
    try {
      await sendPhoto(id, false);
      set(id, { state: 'sent', fault: null });
    } catch (error) {
      const refused = error instanceof Error && ['conflict', 'too-large'].includes(judgeAnswer(error));
      set(id, { state: 'waiting', fault: refused ? error.message : null });
    }
  };
  const forget = (id: string): void => {
    const url = urls.current.get(id);
    if (url !== undefined) URL.revokeObjectURL(url);
    urls.current.delete(id);
  };
  return { shown, send, forget };
}
