import { EnvironmentOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { lazy, type ReactElement, Suspense, useState } from 'react';

import { Loading } from '../../../ui/states.tsx';
import { takePlace } from '../place.ts';
import type { QuickReportDraft } from '../queue/kept-work.ts';
import { TEXT } from './text.ts';

/** Fetched by whoever wants it: a map is as large as everything else here together. */
const SpotMap = lazy(async () => {
  try {
    return { default: (await import('./spot-map.tsx')).SpotMap };
  } catch {
    return { default: NoMap };
  }
});

/** Without a line it cannot be fetched; the place can still be named. */
function NoMap(): ReactElement {
  return <p className="quiet">{TEXT.noMap}</p>;
}

interface PlaceFieldProps {
  readonly draft: QuickReportDraft;
  readonly change: (part: Partial<QuickReportDraft>) => void;
  /** Places one is likely to mean: one's own village. */
  readonly likely: readonly string[];
}

/** Where it is: where the phone stands, where one taps, or what it is called. Any of them is enough. */
export function PlaceField({ draft, change, likely }: PlaceFieldProps): ReactElement {
  const [asking, setAsking] = useState<'no' | 'yes' | 'refused'>('no');
  const [onMap, setOnMap] = useState(false);
  const locate = async (): Promise<void> => {
    setAsking('yes');
    const found = await takePlace();
    if (found) change({ spot: found });
    setAsking(found ? 'no' : 'refused');
  };
  const offered = likely.filter((name) => !draft.named.includes(name));
  return (
    <fieldset className="field quick-place">
      <legend>{TEXT.place}</legend>
      <div className="phrases">
        <button
          type="button"
          className="plain-button"
          disabled={asking === 'yes'}
          onClick={() => void locate()}
        >
          <EnvironmentOutlined aria-hidden /> {asking === 'yes' ? TEXT.asking : TEXT.gps}
        </button>
        <button type="button" className="plain-button" aria-expanded={onMap} onClick={() => setOnMap(!onMap)}>
          {onMap ? TEXT.closeMap : TEXT.onMap}
        </button>
        {offered.map((name) => (
          <button key={name} type="button" className="plain-button" onClick={() => change({ named: name })}>
            {name}
          </button>
        ))}
      </div>
      <small className={asking === 'refused' ? 'photo-failed' : 'quiet'} role="status">
        {asking === 'refused' && TEXT.refused}
        {asking === 'no' && draft.spot && TEXT.located(draft.spot.accuracy)}
      </small>
      {onMap && (
        <Suspense fallback={<Loading rows={4} />}>
          <SpotMap
            spot={draft.spot}
            onPick={(spot) => {
              setAsking('no');
              change({ spot });
            }}
          />
        </Suspense>
      )}
      <label>
        {TEXT.named}
        <Input
          size="large"
          maxLength={100}
          value={draft.named}
          onChange={({ target }) => change({ named: target.value })}
        />
      </label>
    </fieldset>
  );
}
