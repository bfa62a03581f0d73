import type { PipelineStage } from '#contract/monitoring';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { formatDuration, formatNumber } from '../../../app/format.ts';
import { Resource } from '../../../ui/states.tsx';
import { pipelineQuery } from './queries.ts';
import { QUALITY_TEXT, STAGE_TEXT } from './text.ts';

/** 产生 → 汇聚 → 治理 → 应用 → 共享: how much went through each stage today, and what was lost there. */
export function Pipeline(): ReactElement {
  const query = useQuery(pipelineQuery);
  return (
    <section className="panel" aria-label={QUALITY_TEXT.pipeline}>
      <h2>{QUALITY_TEXT.pipeline}</h2>
      <Resource query={query} rows={2}>
        {({ stages }) => (
          <ol className="pipeline">
            {stages.map((stage) => (
              <Stage key={stage.key} stage={stage} />
            ))}
          </ol>
        )}
      </Resource>
    </section>
  );
}

function Stage({ stage }: { readonly stage: PipelineStage }): ReactElement {
  const { name, what } = STAGE_TEXT[stage.key];
  const losses = stage.losses.filter(({ count }) => count > 0);
  return (
    <li className="pipeline-stage">
      <h3>{name}</h3>
      <strong className="figures">{formatNumber(stage.done)}</strong>
      <span className="quiet">{what}</span>
      {stage.lagSeconds !== null && (
        <span className="quiet figures">
          {QUALITY_TEXT.lag(formatDuration(Math.max(0, stage.lagSeconds) * 1000))}
        </span>
      )}
      {losses.length === 0 ? (
        stage.losses.length > 0 && <span className="quiet">{QUALITY_TEXT.noLoss}</span>
      ) : (
        <ul className="pipeline-losses" aria-label={QUALITY_TEXT.lost}>
          {losses.map(({ text, count }) => (
            <li key={text}>
              {text} <span className="figures">{formatNumber(count)}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
