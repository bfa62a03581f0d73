import './frame-test.css';

import { frameTestRoutes } from '#contract/monitoring';
import { PROTOCOLS } from '#model/monitoring';
import { useMutation } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import type { z } from 'zod';

import { call } from '../../../app/call.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Failure } from '../../../ui/states.tsx';
import { FRAME_TEST_TEXT as TEXT } from './text.ts';

type Body = z.input<typeof frameTestRoutes.testFrames.body>;
type Frame = z.output<typeof frameTestRoutes.testFrames.reply>['items'][number];

const READABLE: readonly Body['protocol'][] = ['hj212', 'sl651', 'gb26875'];

/** 接入测试: what a pasted frame says, and whether it would be taken. */
export function FrameTest(): ReactElement {
  const id = useId();
  const [protocol, setProtocol] = useState<Body['protocol']>('hj212');
  const [text, setText] = useState('');
  const reading = useMutation({
    mutationFn: (body: Body) => call(frameTestRoutes.testFrames, { body }),
  });
  return (
    <>
      <form
        className="frame-test"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') reading.mutate({ protocol, text });
        }}
      >
        <p className="quiet">{TEXT.intro}</p>
        <label htmlFor={`${id}-protocol`}>{TEXT.protocol}</label>
        <Select
          id={`${id}-protocol`}
          className="frame-test-protocol"
          value={protocol}
          onChange={setProtocol}
          options={READABLE.map((value) => ({ value, label: PROTOCOLS[value].name }))}
        />
        <label htmlFor={`${id}-frames`}>{TEXT.frames}</label>
        <Input.TextArea
          id={`${id}-frames`}
          className="code"
          value={text}
          autoSize={{ minRows: 4, maxRows: 14 }}
          maxLength={100_000}
          placeholder={TEXT.framesHint}
          spellCheck={false}
          onChange={({ target }) => setText(target.value)}
        />
        <Button type="primary" htmlType="submit" loading={reading.isPending} disabled={text.trim() === ''}>
          {TEXT.read}
        </Button>
      </form>
      {reading.error && <Failure error={reading.error} />}
      {reading.data && (
        <ol className="frame-results" aria-live="polite">
          {reading.data.items.map((frame, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- an answer never changes its order
            <FrameCard key={i} frame={frame} />
          ))}
        </ol>
      )}
      {reading.data && reading.data.left > 0 && <p className="quiet">{TEXT.left(reading.data.left)}</p>}
    </>
  );
}

function FrameCard({ frame }: { readonly frame: Frame }): ReactElement {
  return (
    <li className="panel">
      <p>
        <StateTag tone={frame.accept ? 'done' : 'late'}>
          {frame.accept ? TEXT.accepted : TEXT.refused}
        </StateTag>{' '}
        {frame.reason}
      </p>
      <p>
        {frame.code === null ? (
          <span className="quiet">{TEXT.nobody}</span>
        ) : (
          <>
            <span className="code">{TEXT.from(frame.code)}</span>{' '}
            <StateTag tone={frame.device === null ? 'waiting' : 'quiet'}>
              {frame.device === null ? TEXT.unknown : TEXT.registered}
            </StateTag>
          </>
        )}
      </p>
      {frame.decode && (
        <details open={frame.accept}>
          <summary>{TEXT.decoded}</summary>
          <pre tabIndex={0}>{JSON.stringify(frame.decode, undefined, 2)}</pre>
        </details>
      )}
    </li>
  );
}
