import { QRCode } from 'antd';
import type { ReactElement } from 'react';

/** Loaded only where a code is shown. */
export function Qr({ text, label }: { readonly text: string; readonly label: string }): ReactElement {
  return (
    <div role="img" aria-label={label}>
      <QRCode type="svg" value={text} size={196} bordered={false} bgColor="#fff" />
    </div>
  );
}
