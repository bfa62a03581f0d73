import type { ClosureQuality } from '#contract/response';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatMonth } from '../../../app/format.ts';
import { ORDER_SECTIONS } from '../../../app/order-sections.ts';
import { PageHead } from '../../../ui/page-head.tsx';
import { SectionTabs } from '../../../ui/section-tabs.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { TEXT } from '../text.ts';
import { FirstPass } from './first-pass.tsx';
import { qualityQuery } from './queries.ts';
import { Samples } from './samples.tsx';
import { CLOSURE_TEXT } from './text.ts';
import '../response.css';
import './closure.css';

/** 结案质量: the draw of a month with what came of it, and how often each unit closed at once. */
export function ClosurePage(): ReactElement {
  const [month, setMonth] = useState<string>();
  const query = useQuery(qualityQuery(month));
  return (
    <>
      <PageHead
        title={CLOSURE_TEXT.title}
        hint={CLOSURE_TEXT.hint}
        extra={
          query.data && (
            <Select<string>
              aria-label={CLOSURE_TEXT.month}
              value={query.data.month}
              onChange={setMonth}
              options={query.data.months.map((value) => ({ value, label: formatMonth(value) }))}
            />
          )
        }
      />
      <SectionTabs label={TEXT.title} sections={ORDER_SECTIONS} />
      <Resource query={query} rows={10}>
        {(quality) => (
          <div className="closure">
            <Draw quality={quality} />
            <FirstPass quality={quality} />
          </div>
        )}
      </Resource>
    </>
  );
}

function Draw({ quality }: { readonly quality: ClosureQuality }): ReactElement {
  const { draw, month } = quality;
  return (
    <section className="panel" aria-label={CLOSURE_TEXT.draw}>
      <div className="panel-head">
        <h2>
          {formatMonth(month)}
          {CLOSURE_TEXT.draw}
        </h2>
        {draw !== null && draw.drawn > 0 && (
          <span className="quiet closure-progress">
            <progress
              max={draw.drawn}
              value={draw.drawn - draw.waiting}
              aria-label={CLOSURE_TEXT.progress(draw.drawn - draw.waiting, draw.drawn)}
            />
            {CLOSURE_TEXT.progress(draw.drawn - draw.waiting, draw.drawn)} · {CLOSURE_TEXT.passed}{' '}
            {draw.passed} · {CLOSURE_TEXT.failed} {draw.failed}
          </span>
        )}
      </div>
      {draw === null && <Empty title={CLOSURE_TEXT.drawNone} hint={CLOSURE_TEXT.drawNoneHint} />}
      {draw?.drawn === 0 && <Empty title={CLOSURE_TEXT.drawEmpty} hint={CLOSURE_TEXT.drawEmptyHint} />}
      {draw !== null && draw.drawn > 0 && <Samples key={month} month={month} />}
    </section>
  );
}
