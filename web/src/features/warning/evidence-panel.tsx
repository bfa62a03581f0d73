import { LEVELS } from '#model/warning';
import type { ReactElement } from 'react';

import { ConfidenceText } from '../../ui/confidence-text.tsx';
import { LevelTag } from '../../ui/level-tag.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import type { Evidence } from './evidence.ts';
import { comparedText, limitText, measureName } from './measure-text.ts';
import { TEXT } from './text.ts';

/** Why it stands, and the sign's condition: what is compared, the limit of each level, and where the limits come from. */
export function EvidencePanel({ evidence }: { readonly evidence: Evidence }): ReactElement {
  const { sign, point, reason } = evidence;
  return (
    <div className="panel-body">
      <div className="evidence-head">
        <h2>{sign.name}</h2>
        {!sign.basis.verified && (
          <span title={TEXT.unverifiedHint}>
            <StateTag tone="waiting">{TEXT.unverified}</StateTag>
          </span>
        )}
        {sign.ownLimits && (
          <span title={TEXT.ownLimitsHint}>
            <StateTag tone="quiet">{TEXT.ownLimits}</StateTag>
          </span>
        )}
      </div>
      <p className="quiet">
        {TEXT.point} {point.code} · {measureText(evidence)} · {TEXT.basis}：{sign.basis.document}
      </p>
      {evidence.confidence && (
        <p>
          <ConfidenceText confidence={evidence.confidence} />
        </p>
      )}
      {reason !== null && <p>{reason}</p>}
      {sign.measure.kind !== 'composite' && <Limits evidence={evidence} />}
    </div>
  );
}

function Limits({ evidence }: { readonly evidence: Evidence }): ReactElement {
  const { sign } = evidence;
  return (
    <table className="limits">
      <thead>
        <tr>
          {LEVELS.toReversed().map((level) => (
            <th key={level} scope="col">
              <LevelTag level={level} />
            </th>
          ))}
          <th scope="col">{TEXT.value}</th>
          <th scope="col">{TEXT.peakValue}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          {LEVELS.toReversed().map((level) => {
            const limit = sign.limits[level];
            return (
              <td key={level} data-holds={evidence.level === level}>
                {limit === undefined ? '—' : limitText(sign, limit, sign.lowers[level])}
              </td>
            );
          })}
          <td>{comparedText(sign, evidence.value)}</td>
          <td>{comparedText(sign, evidence.peakValue)}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** `雨量，60 分滚动累计` */
export function measureText({ sign, point }: Evidence): string {
  return sign.measure.kind === 'value' || sign.measure.kind === 'composite'
    ? point.elementName
    : `${point.elementName}，${measureName(sign.measure)}`;
}
