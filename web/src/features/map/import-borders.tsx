import { ImportOutlined } from '@ant-design/icons';
import { Alert, Button, Input, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../ui/states.tsx';
import { checkBorders } from './map-features.ts';
import { useImportBorders } from './map-queries.ts';
import { BORDERS_TEXT, importSentences } from './text.ts';

const LIMIT_BYTES = 20_000_000;

type Chosen =
  | { readonly kind: 'none' }
  | { readonly kind: 'fault'; readonly sentence: string }
  | { readonly kind: 'good'; readonly file: File; readonly polygons: number };

/** A button that takes official or OSM borders in: looked at here before they are sent, checked again by the server. */
export function ImportBorders(): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<ImportOutlined />} onClick={() => setOpen(true)}>
        {BORDERS_TEXT.button}
      </Button>
      <Modal
        title={BORDERS_TEXT.title}
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        destroyOnHidden
      >
        <ImportForm onDone={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function ImportForm({ onDone }: { readonly onDone: () => void }): ReactElement {
  const id = useId();
  const [chosen, setChosen] = useState<Chosen>({ kind: 'none' });
  const [attribution, setAttribution] = useState('');
  const sending = useImportBorders();
  const read = async (file: File | undefined): Promise<void> => {
    sending.reset();
    setChosen(file ? await look(file) : { kind: 'none' });
  };
  if (sending.data) {
    const whole = sending.data.unmatched.length === 0 && sending.data.missing.length === 0;
    return (
      <div className="import-form">
        <Alert
          type={whole ? 'success' : 'warning'}
          showIcon
          title={importSentences(sending.data).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        />
        <div className="import-buttons">
          <Button onClick={() => void read(undefined)}>{BORDERS_TEXT.again}</Button>
          <Button type="primary" onClick={onDone}>
            {BORDERS_TEXT.done}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form
      className="import-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.kind === 'good') sending.mutate({ file: chosen.file, attribution });
      }}
    >
      <p className="quiet">{BORDERS_TEXT.intro}</p>
      <label htmlFor={`${id}-file`}>{BORDERS_TEXT.file}</label>
      <input
        id={`${id}-file`}
        type="file"
        accept=".geojson,.json,application/geo+json,application/json"
        onChange={({ target }) => void read(target.files?.[0])}
      />
      {chosen.kind === 'fault' && <Alert type="error" showIcon role="alert" title={chosen.sentence} />}
      {chosen.kind === 'good' && <p role="status">读到 {chosen.polygons} 个面，可以导入。</p>}
      <label htmlFor={`${id}-from`}>{BORDERS_TEXT.attribution}</label>
      <Input
        id={`${id}-from`}
        value={attribution}
        maxLength={200}
        placeholder={BORDERS_TEXT.attributionHint}
        onChange={({ target }) => setAttribution(target.value)}
      />
      {sending.error && <Failure error={sending.error} />}
      <div className="import-buttons">
        <Button
          type="primary"
          htmlType="submit"
          loading={sending.isPending}
          disabled={chosen.kind !== 'good'}
        >
          {BORDERS_TEXT.send}
        </Button>
      </div>
    </form>
  );
}

async function look(file: File): Promise<Chosen> {
  if (file.size > LIMIT_BYTES) return { kind: 'fault', sentence: BORDERS_TEXT.tooBig };
  const checked = checkBorders(await file.text());
  if ('fault' in checked) return { kind: 'fault', sentence: BORDERS_TEXT[checked.fault] };
  return { kind: 'good', file, polygons: checked.polygons };
}
