import { CameraOutlined, CloseOutlined } from '@ant-design/icons';
import { type ReactElement, useEffect, useMemo, useState } from 'react';

import { shrinkPhoto, sumOf } from '../photo.ts';
import type { QuickReportDraft } from './quick-report-draft.ts';
import { TEXT } from './text.ts';

/** One picture: camera or album, as the phone offers; a refused camera leaves the album, and none is asked for. */
export function PictureField(props: {
  readonly photo: QuickReportDraft['photo'];
  readonly onChange: (photo: QuickReportDraft['photo']) => void;
}): ReactElement {
  const { photo, onChange } = props;
  const [fault, setFault] = useState<string>();
  const url = useUrlOf(photo?.blob);
  const take = async (file: File): Promise<void> => {
    setFault(undefined);
    try {
      const blob = await shrinkPhoto(file);
      onChange({ blob, sha256: await sumOf(blob) });
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div className="field">
      {TEXT.photo}
      <div className="photo-strip">
        {url !== undefined && (
          <span className="photo">
            <img src={url} alt={TEXT.photo} />
            <button
              type="button"
              className="photo-drop"
              aria-label={TEXT.drop}
              onClick={() => onChange(null)}
            >
              <CloseOutlined aria-hidden />
            </button>
          </span>
        )}
        <label className="plain-button">
          <CameraOutlined aria-hidden /> {photo === null ? TEXT.take : TEXT.retake}
          <input
            type="file"
            accept="image/*"
            className="unseen"
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              if (file) void take(file);
              target.value = '';
            }}
          />
        </label>
        {fault !== undefined && (
          <small className="photo-failed" role="alert">
            {fault}
          </small>
        )}
      </div>
    </div>
  );
}

/** Made once for a picture, and given back when another takes its place. */
function useUrlOf(blob: Blob | undefined): string | undefined {
  const url = useMemo(() => (blob ? URL.createObjectURL(blob) : undefined), [blob]);
  useEffect(
    () => () => {
      if (url !== undefined) URL.revokeObjectURL(url);
    },
    [url],
  );
  return url;
}
