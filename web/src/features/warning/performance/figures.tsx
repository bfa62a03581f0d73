import type { Figure, Performance } from '#contract/warning';
import { FIGURE_VERDICT_TEXT, type FigureVerdict, HOLD_KIND_TEXT, HOLD_KINDS } from '#model/warning';
import { type ReactElement, useMemo } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { Chart } from '../../../ui/chart.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { levelOption, levelWords, loadOption, loadWords } from './charts.ts';
import { figureText, PERFORMANCE_TEXT as T } from './text.ts';

const TONE = { met: 'done', manageable: 'waiting', missed: 'late' } as const satisfies Readonly<
  Record<FigureVerdict, string>
>;

/** The figures beside their targets, and two pictures of them. */
export function Figures({ data }: { readonly data: Performance }): ReactElement {
  const load = useMemo(() => loadOption(data), [data]);
  const sources = [...new Set(data.figures.map(({ source }) => source))];
  const levels = useMemo(() => levelOption(data), [data]);
  return (
    <section className="panel" aria-label={T.figures}>
      <div className="panel-head">
        <h2>{T.figures}</h2>
        <span className="quiet">
          {T.warnings} {formatNumber(data.counts.warnings)} · {T.alarms} {formatNumber(data.counts.alarms)}
        </span>
      </div>
      <dl className="performance-figures">
        {data.figures.map((one) => (
          <FigureCard key={one.key} figure={one} note={sources.indexOf(one.source) + 1} />
        ))}
        <div className="performance-figure">
          <dt>{T.held}</dt>
          <dd>
            {HOLD_KINDS.map((kind) => (
              <span key={kind} className="performance-held">
                {HOLD_KIND_TEXT[kind]} <span className="figures">{formatNumber(data.counts.held[kind])}</span>
              </span>
            ))}
          </dd>
        </div>
      </dl>
      <p className="quiet performance-note">
        {T.source}：{sources.map((source, i) => `${T.sourceOf(i + 1)} ${source}`).join('；')}
      </p>
      <div className="performance-charts">
        <figure>
          <figcaption>{T.load}</figcaption>
          <Chart option={load} label={loadWords(data)} height={240} />
        </figure>
        <figure>
          <figcaption>{T.levels}</figcaption>
          <Chart option={levels} label={levelWords(data)} height={240} />
        </figure>
      </div>
    </section>
  );
}

interface FigureCardProps {
  readonly figure: Figure;
  /** Number of its source in the list below. */
  readonly note: number;
}

function FigureCard({ figure, note }: FigureCardProps): ReactElement {
  const { name, unit, value, target, source, verdict } = figure;
  return (
    <div className="performance-figure" title={`${T.source}：${source}`}>
      <dt>{name}</dt>
      <dd>
        <strong className="figures">{figureText(value, unit)}</strong>
        {verdict && <StateTag tone={TONE[verdict]}>{FIGURE_VERDICT_TEXT[verdict]}</StateTag>}
        <small className="quiet">
          {T.target} {target} <sup>{T.sourceOf(note)}</sup>
        </small>
      </dd>
    </div>
  );
}
