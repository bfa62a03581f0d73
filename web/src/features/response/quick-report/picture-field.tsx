import { REPORT_PICTURES_MOST } from '#model/monitoring';
import { CameraOutlined, CloseOutlined } from '@ant-design/icons';
import { type ReactElement, useEffect, useMemo, useState } from 'react';

import { shrinkPhoto, sumOf } from '../photo.ts';
import type { QuickReportDraft, SealedPhoto } from '../queue/kept-work.ts';
import { TEXT } from './text.ts';
import type { ReportDraftHold } from './use-report-draft.ts';

/** A few pictures: camera or album, as the phone offers; a refused camera leaves the album, and none is asked for. */
export function PictureField({ draft, change }: Omit<ReportDraftHold, 'release'>): ReactElement {
  const [fault, setFault] = useState<string>();
  const { photos } = draft;
  const take = async (files: readonly File[]): Promise<void> => {
    setFault(undefined);
    for (const file of files) {
      try {
        const blob = await shrinkPhoto(file);
        const sha256 = await sumOf(blob);
        change((before) => withPhoto(before, { blob, sha256 }));
      } catch (error) {
        setFault(error instanceof Error ? error.message : String(error));
      }
    }
  };
  return (
    <div className="field">
      {TEXT.photo}
      <div className="photo-strip">
        {photos.map((photo, i) => (
          <Picture
            key={photo.sha256 ?? i}
            photo={photo}
            onDrop={() => change((before) => ({ photos: before.photos.filter((one) => one !== photo) }))}
          />
        ))}
        {photos.length < REPORT_PICTURES_MOST && (
          <label className="plain-button">
            <CameraOutlined aria-hidden /> {photos.length === 0 ? TEXT.take : TEXT.takeAgain}
            <input
              type="file"
              accept="image/*"
              multiple
              className="unseen"
              onChange={({ target }) => {
                void take([...(target.files ?? [])]);
                target.value = '';
              }}
            />
          </label>
        )}
        {fault !== undefined && (
          <small className="photo-failed" role="alert">
            {fault}
          </small>
        )}
      </div>
    </div>
  );
}

/** The same picture once, and no more than may be. */
function withPhoto({ photos }: QuickReportDraft, photo: SealedPhoto): Pick<QuickReportDraft, 'photos'> {
  const known = photo.sha256 !== null && photos.some(({ sha256 }) => sha256 === photo.sha256);
  return { photos: known ? photos : [...photos, photo].slice(0, REPORT_PICTURES_MOST) };
}

function Picture(props: { readonly photo: SealedPhoto; readonly onDrop: () => void }): ReactElement {
  return (
    <span className="photo">
      <img src={useUrlOf(props.photo.blob)} alt={TEXT.photo} />
      <button type="button" className="photo-drop" aria-label={TEXT.drop} onClick={props.onDrop}>
        <CloseOutlined aria-hidden />
      </button>
    </span>
  );
}

/** Made once for a picture, and given back when it is gone. */
function useUrlOf(blob: Blob): string {
  const url = useMemo(() => URL.createObjectURL(blob), [blob]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return url;
}
