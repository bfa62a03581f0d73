import type { WorkOrderAction } from '#model/response';
import type { ReactElement } from 'react';

import { phrasesFor, withPhrase } from './phrases.ts';
import { TEXT } from './text.ts';

interface PhraseBarProps {
  readonly scenario: string;
  readonly action: WorkOrderAction;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** 常用语 to tap, so that a wet finger need not type. Nothing where there is none for the action. */
export function PhraseBar({ scenario, action, value, onChange }: PhraseBarProps): ReactElement | null {
  const phrases = phrasesFor(scenario, action).filter((phrase) => !value.includes(phrase));
  if (phrases.length === 0) return null;
  return (
    <div className="phrases" role="group" aria-label={TEXT.phrases}>
      {phrases.map((phrase) => (
        <button
          key={phrase}
          type="button"
          className="plain-button"
          onClick={() => onChange(withPhrase(value, phrase))}
        >
          {phrase}
        </button>
      ))}
    </div>
  );
}
