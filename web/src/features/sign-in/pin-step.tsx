import { Button } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';

import { PIN_TEXT as TEXT } from './text.ts';

const LENGTH = 6;
const ERASE = '删除';
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', ERASE] as const;

interface PinStepProps {
  /** Whose phone it is. */
  readonly person: string;
  readonly pending: boolean;
  readonly onSubmit: (pin: string) => void;
  readonly onPassword: () => void;
}

/** Six digits by big keys or by the keyboard; sent with the sixth. */
export function PinStep({ person, pending, onSubmit, onPassword }: PinStepProps): ReactElement {
  const [pin, setPin] = useState('');
  const press = (key: string): void => {
    if (pending) return;
    if (key === ERASE) {
      setPin(pin.slice(0, -1));
      return;
    }
    const typed = pin + key;
    // A wrong PIN is typed anew from its first digit.
    setPin(typed.length < LENGTH ? typed : '');
    if (typed.length === LENGTH) onSubmit(typed);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^\d$/u.test(event.key)) press(event.key);
      else if (event.key === 'Backspace') press(ERASE);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  return (
    <div className="pin">
      <h2>{TEXT.title}</h2>
      <p className="quiet">{person}</p>
      <p className="pin-dots" role="status" aria-label={pending ? TEXT.checking : TEXT.typed(pin.length)}>
        {Array.from({ length: LENGTH }, (_, i) => (
          <span key={i} className={pending || i < pin.length ? 'pin-dot pin-dot-full' : 'pin-dot'} />
        ))}
      </p>
      <div className="pin-pad" role="group" aria-label={TEXT.pad}>
        {KEYS.map((key, i) =>
          key === '' ? (
            <span key={i} />
          ) : (
            <button
              key={i}
              type="button"
              className={key === ERASE ? 'pin-key pin-key-word' : 'pin-key'}
              disabled={pending}
              aria-label={key === ERASE ? TEXT.erase : key}
              onClick={() => press(key)}
            >
              {key}
            </button>
          ),
        )}
      </div>
      <Button type="link" onClick={onPassword}>
        {TEXT.withPassword}
      </Button>
    </div>
  );
}
