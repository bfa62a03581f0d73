import type { VideoMapping } from '#model/monitoring';
import { Button, Input } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDateTime, formatShare } from '../../../app/format.ts';
import { Failure } from '../../../ui/states.tsx';
import { useTryMapping } from './source-queries.ts';
import { SOURCE_TEXT } from './text.ts';

/** What the mapping makes of a sample, before a box is trusted with it. */
export function TryMapping({ mapping }: { readonly mapping: VideoMapping }): ReactElement {
  const [sample, setSample] = useState('');
  const trying = useTryMapping();
  const { data } = trying;
  return (
    <section className="intake-section">
      <h3>{SOURCE_TEXT.try}</h3>
      <Input.TextArea
        className="code"
        aria-label={SOURCE_TEXT.trySample}
        placeholder={SOURCE_TEXT.trySample}
        autoSize={{ minRows: 3, maxRows: 12 }}
        value={sample}
        onChange={({ target }) => setSample(target.value)}
      />
      <div className="event-acts">
        <Button
          disabled={sample.trim() === ''}
          loading={trying.isPending}
          onClick={() => trying.mutate({ mapping, sample })}
        >
          {SOURCE_TEXT.trySend}
        </Button>
      </div>
      {trying.error && <Failure error={trying.error} />}
      {data && (
        <ul role="status">
          {data.outcome === 'heartbeat' && <li>{SOURCE_TEXT.tryHeartbeat}</li>}
          {data.reason !== null && <li>{data.reason}</li>}
          {data.events.map(({ camera, kind, kindName, at, confidence, hasImage }) => (
            <li key={`${camera} ${kind} ${at}`} className="code">
              {[
                camera,
                kindName ?? kind,
                at === null ? '—' : formatDateTime(at),
                formatShare(confidence),
                hasImage ? '有图' : '无图',
              ].join(' · ')}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
