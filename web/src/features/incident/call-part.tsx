import { incidentRoutes } from '#contract/response';
import { Button, Drawer, Input } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { PlatformLookUp } from '../../ui/look-up.tsx';
import { Failure } from '../../ui/states.tsx';
import { TEXT } from './text.ts';
import { useIncidentAct } from './use-incident-act.ts';

const UNIT_LENGTH = 2;
const TOLD_LENGTH = 5;

/** “增加参与单位” for whoever coordinates a large loop. */
export function CallPartButton({ incident }: { readonly incident: number }): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{TEXT.callPart}</Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={TEXT.callPart}
        size="min(480px, 100vw)"
        destroyOnHidden
      >
        <CallPartForm incident={incident} onDone={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

interface CallPartFormProps {
  readonly incident: number;
  readonly onDone: () => void;
}

function CallPartForm({ incident, onDone }: CallPartFormProps): ReactElement {
  const [unit, setUnit] = useState('');
  const [told, setTold] = useState('');
  const [platform, setPlatform] = useState<string>();
  const ready = unit.trim().length >= UNIT_LENGTH && told.trim().length >= TOLD_LENGTH;
  const calling = useIncidentAct(
    () =>
      call(incidentRoutes.callPart, {
        params: { id: incident },
        body: { unit, told, ...(platform === undefined ? {} : { platform }) },
      }),
    onDone,
  );
  return (
    <form
      className="hand-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) calling.mutate(undefined);
      }}
    >
      <label className="field">
        {TEXT.callPartUnit}
        <Input autoFocus maxLength={100} value={unit} onChange={({ target }) => setUnit(target.value)} />
      </label>
      <div className="field">
        {TEXT.callPartPlatform}
        <PlatformLookUp label={TEXT.platform} value={platform} onChange={setPlatform} />
      </div>
      <label className="field">
        {TEXT.callPartTold}
        <Input.TextArea
          autoSize={{ minRows: 3, maxRows: 8 }}
          maxLength={2000}
          value={told}
          onChange={({ target }) => setTold(target.value)}
        />
      </label>
      {calling.error && <Failure error={calling.error} />}
      <Button size="large" type="primary" htmlType="submit" disabled={!ready} loading={calling.isPending}>
        {TEXT.callPart}
      </Button>
    </form>
  );
}
