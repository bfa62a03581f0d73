import './secrets.css';

import { Button, Checkbox } from 'antd';
import { type ReactElement, useState } from 'react';

import { CopyButton } from './copy-button.tsx';
import { RECOVERY_TEXT as TEXT } from './text.ts';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

/** The codes, once; one goes on after saying that they are kept. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps): ReactElement {
  const [kept, setKept] = useState(false);
  return (
    <div className="secret-form">
      <h2>{TEXT.title}</h2>
      <p className="secret-hint">{TEXT.hint}</p>
      <ul className="recovery-codes" aria-label={TEXT.title}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <CopyButton text={codes.join('\n')} label={TEXT.copy} done={TEXT.copied} />
      <Checkbox checked={kept} onChange={(event) => setKept(event.target.checked)}>
        {TEXT.kept}
      </Checkbox>
      <Button type="primary" size="large" block disabled={!kept} onClick={onDone}>
        {TEXT.go}
      </Button>
    </div>
  );
}
