import { type VerificationDetail, verificationRoutes } from '#contract/warning';
import { type FalseAlarmReason, type Level, LEVEL_TEXT, LEVELS, rankOf } from '#model/warning';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../../app/call.ts';
import { FalseAlarmSelect } from '../life/false-alarm-select.tsx';
import { VERIFY_TEXT } from './text.ts';

interface DecideFormProps {
  readonly one: VerificationDetail;
  readonly onDone: () => void;
}

type Act = VerificationDetail['allowedActions'][number];
const MORE_MINUTES = 30;

/** 确认为预警, 误报, 要求补充: one note for whichever act is pressed. */
export function DecideForm({ one, onDone }: DecideFormProps): ReactElement | null {
  const client = useQueryClient();
  const standing = one.standing ?? one.level;
  const [note, setNote] = useState('');
  const [level, setLevel] = useState<Level>(standing);
  const [above, setAbove] = useState('');
  const [reason, setReason] = useState<FalseAlarmReason>();
  const isAbove = rankOf(level) > rankOf(standing);
  const decide = useMutation({
    mutationFn: (act: Act) => {
      const params = { id: one.id };
      if (act === 'confirm') {
        const body = { level, note, ...(isAbove ? { reason: above } : {}) };
        return call(verificationRoutes.confirmAlarm, { params, body });
      }
      if (act === 'refuse') {
        const body = { reason: reason ?? 'other', ...(note === '' ? {} : { note }) };
        return call(verificationRoutes.refuseAlarm, { params, body });
      }
      return call(verificationRoutes.askMore, { params, body: { note, minutes: MORE_MINUTES } });
    },
    onSuccess: onDone,
    // After a refusal too: somebody else may have been quicker.
    onSettled: () => client.invalidateQueries({ queryKey: ['warning'] }),
  });
  const missing: Readonly<Record<Act, boolean>> = {
    confirm: note.trim() === '' || (isAbove && above.trim() === ''),
    refuse: reason === undefined || (reason === 'other' && note.trim() === ''),
    more: note.trim() === '',
  };
  if (one.allowedActions.length === 0) return null;
  const button = (act: Act): ReactElement | null =>
    one.allowedActions.includes(act) ? (
      <Button
        type={act === 'confirm' ? 'primary' : 'default'}
        disabled={missing[act]}
        loading={decide.isPending && decide.variables === act}
        onClick={() => decide.mutate(act)}
      >
        {VERIFY_TEXT.acts[act]}
      </Button>
    ) : null;
  return (
    <div className="verify-form">
      <Input.TextArea
        rows={2}
        maxLength={500}
        value={note}
        aria-label={VERIFY_TEXT.note}
        placeholder={VERIFY_TEXT.note}
        onChange={({ target }) => setNote(target.value)}
      />
      <div className="verify-act">
        <Select
          aria-label={VERIFY_TEXT.level}
          value={level}
          onChange={setLevel}
          options={LEVELS.toReversed().map((value) => ({ value, label: LEVEL_TEXT[value] }))}
        />
        {isAbove && (
          <Input
            maxLength={500}
            value={above}
            aria-label={VERIFY_TEXT.above}
            placeholder={VERIFY_TEXT.above}
            onChange={({ target }) => setAbove(target.value)}
          />
        )}
        {button('confirm')}
      </div>
      <div className="verify-act">
        <FalseAlarmSelect value={reason} onChange={setReason} />
        {button('refuse')}
      </div>
      {button('more')}
      {decide.error && <Alert type="error" showIcon role="alert" title={decide.error.message} />}
    </div>
  );
}
