import type { WarningDetail } from '#contract/warning';
import { CheckCircleOutlined, ExclamationCircleOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import type { ReactElement } from 'react';

import { TEXT } from './text.ts';

type Sureness = NonNullable<WarningDetail['confidence']>;
type Speaks = Sureness['parts'][number]['speaks'];

const ICONS: Readonly<Record<Speaks, ReactElement>> = {
  for: <CheckCircleOutlined aria-label={TEXT.speaks.for} />,
  against: <ExclamationCircleOutlined aria-label={TEXT.speaks.against} />,
  neither: <QuestionCircleOutlined aria-label={TEXT.speaks.neither} />,
};

/** How sure a warning is, with what speaks for it and against it. */
export function ConfidenceParts({ confidence }: { readonly confidence: Sureness }): ReactElement {
  return (
    <div className="confidence-parts">
      <span className="quiet">
        {TEXT.confidence} <strong className="figures">{Math.round(confidence.value * 100)} %</strong>
      </span>
      <ul>
        {confidence.parts.map(({ kind, speaks, text }) => (
          <li key={kind} data-speaks={speaks}>
            {ICONS[speaks]} {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
