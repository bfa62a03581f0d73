import { CameraOutlined, CloseOutlined, LoadingOutlined, RedoOutlined } from '@ant-design/icons';
import type { ReactElement } from 'react';

import { TEXT as QUEUE_TEXT } from './queue/text.ts';
import { TEXT } from './text.ts';
import type { DraftHold } from './use-draft.ts';
import type { Photos, ShownPhoto } from './use-photos.ts';

interface PhotoStripProps {
  readonly hold: DraftHold;
  readonly photos: Photos;
  /** Pictures of one step, or those that belong to none. */
  readonly step: string | null;
}

/** Takes pictures and shows them. The phone offers camera and album alike; a refused camera leaves the album. */
export function PhotoStrip({ hold, photos, step }: PhotoStripProps): ReactElement {
  const taken = hold.draft.photos.filter((photo) => photo.step === step);
  return (
    <div className="photo-strip">
      {taken.map(({ id, name }) => {
        const photo = photos.shown.get(id);
        return (
          <span key={id} className="photo">
            {photo && <img src={photo.url} alt={name} />}
            {photo && <PhotoState photo={photo} retry={() => photos.retry(id)} />}
            <button
              type="button"
              className="photo-drop"
              aria-label={TEXT.drop}
              onClick={() => photos.drop(id)}
            >
              <CloseOutlined aria-hidden />
            </button>
          </span>
        );
      })}
      <label className="plain-button">
        <CameraOutlined aria-hidden /> {taken.length === 0 ? TEXT.photo : TEXT.photoAgain}
        <input
          type="file"
          accept="image/*"
          className="unseen"
          onChange={({ target }) => {
            for (const file of target.files ?? []) photos.add(file, step);
            target.value = '';
          }}
        />
      </label>
      {photos.faults
        .filter((fault) => fault.step === step)
        .map(({ text }) => (
          <small key={text} className="photo-failed" role="alert">
            {text}
          </small>
        ))}
      {taken.map(({ id }) => {
        const fault = photos.shown.get(id)?.fault ?? null;
        return (
          fault !== null && (
            <small key={id} className="photo-failed" role="alert">
              {fault}
            </small>
          )
        );
      })}
    </div>
  );
}

/** Nothing is said of a picture that has arrived. */
function PhotoState({
  photo,
  retry,
}: {
  readonly photo: ShownPhoto;
  readonly retry: () => void;
}): ReactElement | null {
  if (photo.state === 'sent') return null;
  if (photo.state === 'sending') {
    return (
      <small className="photo-state" role="status">
        <LoadingOutlined aria-hidden /> {QUEUE_TEXT.photoSends}
      </small>
    );
  }
  if (photo.fault === null) return <small className="photo-state">{QUEUE_TEXT.photoWaits}</small>;
  return (
    <button type="button" className="photo-state" onClick={retry}>
      <RedoOutlined aria-hidden /> {TEXT.photoFailed}
    </button>
  );
}
