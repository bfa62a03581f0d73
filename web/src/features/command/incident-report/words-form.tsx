import { Button, Input } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { REPORT_TEXT } from './text.ts';

interface WordsFormProps {
  readonly label: string;
  readonly sending: boolean;
  readonly error: Error | null;
  readonly onSend: (words: string) => void;
  readonly onCancel?: () => void;
}

/** A few words to be sent: a question, or its answer. */
export function WordsForm({ label, sending, error, onSend, onCancel }: WordsFormProps): ReactElement {
  const [words, setWords] = useState('');
  return (
    <form
      className="report-words"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(words.trim());
      }}
    >
      <Input.TextArea
        aria-label={label}
        autoSize={{ minRows: 2 }}
        maxLength={500}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      {error && <Failure error={error} />}
      <div className="report-acts">
        <Button type="primary" htmlType="submit" loading={sending} disabled={words.trim().length < 2}>
          {label}
        </Button>
        {onCancel && <Button onClick={onCancel}>{REPORT_TEXT.cancel}</Button>}
      </div>
    </form>
  );
}
