import { CameraOutlined, CloseOutlined, LoadingOutlined, RedoOutlined } from '@ant-design/icons';
import type { ReactElement } from 'react';

import { HAND_PAGE_TEXT as TEXT } from './text.ts';
import type { HandPhotos } from './use-hand-photos.ts';

/** Takes pictures and shows them from the phone. */
export function HandPhotoStrip({ photos }: { readonly photos: HandPhotos }): ReactElement {
  return (
    <div className="photo-strip">
      {photos.all.map((photo, index) => (
        <span key={photo.key} className={photo.fault === null ? 'photo' : 'photo-failed'}>
          <img src={photo.shown} alt={TEXT.photoOf(index + 1)} />
          {photo.id === null && photo.fault === null && (
            <small role="status">
              <LoadingOutlined aria-hidden /> {TEXT.sending}
            </small>
          )}
          {photo.fault !== null && (
            <button type="button" className="plain-button" onClick={() => photos.retry(photo)}>
              <RedoOutlined aria-hidden /> {TEXT.retry}
            </button>
          )}
          {photo.fault !== null && <small role="alert">{photo.fault}</small>}
          <button type="button" aria-label={TEXT.drop} onClick={() => photos.drop(photo)}>
            <CloseOutlined aria-hidden />
          </button>
        </span>
      ))}
      <label className="plain-button">
        <CameraOutlined aria-hidden /> {TEXT.photo}
        <input
          type="file"
          accept="image/*"
          className="unseen"
          onChange={({ target }) => {
            for (const file of target.files ?? []) photos.add(file);
            target.value = '';
          }}
        />
      </label>
    </div>
  );
}
