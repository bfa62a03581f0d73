import type { BasisCited } from '#contract/standard';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { TEXT } from '../text.ts';
import { BASIS_TEXT } from './text.ts';

interface BasisRowProps {
  readonly basis: BasisCited;
  readonly onTell: (() => void) | undefined;
}

/** One document (and clause) with the signs that lean on it. */
export function BasisRow({ basis, onTell }: BasisRowProps): ReactElement {
  const [, CLAUSE, SIGNS] = BASIS_TEXT.registerColumns;
  const { document, clause, verified, scenarios } = basis;
  return (
    <tr>
      <th scope="row">
        {document}{' '}
        <StateTag tone={verified ? 'done' : 'quiet'}>
          {verified ? BASIS_TEXT.verified : BASIS_TEXT.unverified}
        </StateTag>
      </th>
      <td data-label={CLAUSE}>{clause ?? TEXT.dash}</td>
      <td data-label={SIGNS}>
        {scenarios.map(({ scenario, name, signs, others }) => (
          <span key={scenario} className="standard-line">
            {name}：
            {signs.map((sign, i) => (
              <span key={sign.code}>
                {i > 0 && '、'}
                <Link to="/standard/signs/$code" params={{ code: sign.code }}>
                  {sign.name}
                </Link>
              </span>
            ))}
            {others > 0 && <span className="quiet"> {BASIS_TEXT.others(formatNumber(others))}</span>}
          </span>
        ))}
      </td>
      <td>
        {onTell && (
          <Button size="small" onClick={onTell}>
            {BASIS_TEXT.tell}
          </Button>
        )}
      </td>
    </tr>
  );
}
