import type { SignAtObject } from '#contract/standard';
import { SIGN_LEVELS } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';

import { LEVEL_COLORS } from '../../../ui/level-colors.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { TEXT } from '../text.ts';
import { OwnLimitActs } from './own-limit-acts.tsx';
import { OwnLimitCell } from './own-limit-cell.tsx';
import { ownLevelText } from './own-words.ts';
import { OBJECT_TEXT, STATE_TEXT } from './text.ts';

interface ObjectSignRowProps {
  readonly sign: SignAtObject;
  readonly onAsk: (() => void) | undefined;
}

/** A sign as it stands at the object: the standard's limits, and beside them the object's own. */
export function ObjectSignRow({ sign, onAsk }: ObjectSignRowProps): ReactElement {
  const { inForce, proposed } = sign;
  return (
    <tr>
      <th scope="row">
        <Link to="/standard/signs/$code" params={{ code: sign.code }}>
          {sign.name}
        </Link>
        <span className="quiet row-code">
          {sign.code} · {sign.elementName}
        </span>
        {sign.missing.length > 0 && (
          <span className="standard-fault">{OBJECT_TEXT.missing(sign.missing)}</span>
        )}
      </th>
      {SIGN_LEVELS.map((level) => {
        const cell = sign.levels.find((one) => one.level === level);
        return (
          <td key={level} data-label={LEVEL_TEXT[level]}>
            {cell && cell.limit !== null ? (
              <span className="level-cell" style={{ borderColor: LEVEL_COLORS[level].fill }}>
                {levelText(cell, sign)}
              </span>
            ) : (
              <span className="quiet">{TEXT.dash}</span>
            )}
          </td>
        );
      })}
      <td data-label={OBJECT_TEXT.columns[5]}>
        {inForce === null && proposed === null && <span className="quiet">{OBJECT_TEXT.standard}</span>}
        {[inForce, proposed].map(
          (own) =>
            own && (
              <div key={own.id}>
                <StateTag tone={own.state === 'in-force' ? 'active' : 'waiting'}>
                  {STATE_TEXT[own.state]}
                </StateTag>
                <OwnLimitCell own={own} />
                <OwnLimitActs own={own} />
              </div>
            ),
        )}
      </td>
      <td>
        {onAsk && proposed === null && (
          <Button size="small" aria-label={`${OBJECT_TEXT.set} ${sign.name}`} onClick={onAsk}>
            {OBJECT_TEXT.set}
          </Button>
        )}
        {sign.fixed !== null && <span className="quiet">{sign.fixed}</span>}
      </td>
    </tr>
  );
}

/** The standard's level as it is at the object. */
function levelText(
  { limit, lower, onDelaySeconds }: SignAtObject['levels'][number],
  sign: SignAtObject,
): string {
  const held = {
    ...(limit === null ? {} : { limit }),
    ...(lower === null ? {} : { lower }),
    ...(onDelaySeconds === 0 ? {} : { onDelaySeconds }),
  };
  return ownLevelText(held, sign);
}
