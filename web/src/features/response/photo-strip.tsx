import { CameraOutlined, CloseOutlined, LoadingOutlined, RedoOutlined } from '@ant-design/icons';
import type { ReactElement } from 'react';

import { TEXT } from './text.ts';
import type { DraftHold } from './use-draft.ts';
import type { Photos } from './use-photos.ts';

interface PhotoStripProps {
  readonly hold: DraftHold;
  readonly photos: Photos;
  /** Pictures of one step, or those that belong to none. */
  readonly step: string | null;
}

/** Takes pictures and shows them. The phone offers camera and album alike; a refused camera leaves the album. */
export function PhotoStrip({ hold, photos, step }: PhotoStripProps): ReactElement {
  const taken = hold.draft.photos.filter((photo) => photo.step === step);
  const sending = photos.uploads.filter((upload) => upload.step === step);
  const drop = (id: number): void =>
    hold.change((draft) => ({ photos: draft.photos.filter((photo) => photo.id !== id) }));
  return (
    <div className="photo-strip">
      {taken.map((photo) => (
        <span key={photo.id} className="photo">
          <img src={`/api/v1/attachments/${photo.id}`} alt={photo.name} />
          <button type="button" aria-label={TEXT.drop} onClick={() => drop(photo.id)}>
            <CloseOutlined aria-hidden />
          </button>
        </span>
      ))}
      {sending.map((upload) =>
        upload.fault === null ? (
          <span key={upload.key} className="photo-sending" role="status">
            <LoadingOutlined aria-hidden /> {TEXT.photoSending}
          </span>
        ) : (
          <span key={upload.key} className="photo-failed" role="alert">
            <button type="button" className="plain-button" onClick={() => photos.retry(upload)}>
              <RedoOutlined aria-hidden /> {TEXT.photoFailed}
            </button>
            <button
              type="button"
              className="plain-button"
              aria-label={TEXT.drop}
              onClick={() => photos.drop(upload.key)}
            >
              <CloseOutlined aria-hidden />
            </button>
            <small>{upload.fault}</small>
          </span>
        ),
      )}
      <label className="plain-button">
        <CameraOutlined aria-hidden /> {taken.length + sending.length === 0 ? TEXT.photo : TEXT.photoAgain}
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
    </div>
  );
}
