import { FileExcelOutlined, InboxOutlined } from '@ant-design/icons';
import { type ReactElement, useState } from 'react';

import type { SourceFile } from './source-file.ts';
import { TEXT } from './text.ts';

interface DropZoneProps {
  readonly source: SourceFile | undefined;
  readonly disabled: boolean;
  readonly onFile: (file: File) => void;
}

/** A place to drop a file on, or to press and pick one. */
export function DropZone({ source, disabled, onFile }: DropZoneProps): ReactElement {
  const [over, setOver] = useState(false);
  return (
    // The field inside is what keys reach; the label is where a file is dropped.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <label
      className={over ? 'drop-zone drop-zone-over' : 'drop-zone'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file && !disabled) onFile(file);
      }}
    >
      <input
        type="file"
        className="visually-hidden"
        accept=".xlsx,.csv,.json"
        disabled={disabled}
        onChange={({ target }) => {
          const file = target.files?.[0];
          // The same file, mended, must be seen as chosen again.
          if (file) onFile(file);
          target.value = '';
        }}
      />
      <span className="drop-icon" aria-hidden>
        {source ? <FileExcelOutlined /> : <InboxOutlined />}
      </span>
      <span>
        <strong>{source ? source.name : TEXT.drop}</strong>
        <small className="quiet">{source ? TEXT.dropAgain : TEXT.dropHint}</small>
      </span>
    </label>
  );
}
