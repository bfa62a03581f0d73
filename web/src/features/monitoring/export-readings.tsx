import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import type { ReactElement } from 'react';

import { EXPORT_TEXT } from './text.ts';

interface ExportReadingsProps {
  /** Address of the file, and what is asked of it beside time and form. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Epoch ms; `to` is no longer in it. */
  readonly from: number;
  readonly to: number;
}

/** 导出: all readings of the time that is shown, not only those that were drawn. */
export function ExportReadings({ path, query = {}, from, to }: ExportReadingsProps): ReactElement {
  const address = (format: string): string => {
    const asked = new URLSearchParams({ ...query, from: String(from), to: String(to), format });
    return `${path}?${asked.toString()}`;
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: Object.entries(EXPORT_TEXT.formats).map(([format, label]) => ({
          key: format,
          label: (
            <a href={address(format)} download>
              {label}
            </a>
          ),
        })),
      }}
    >
      <Button icon={<DownloadOutlined />}>{EXPORT_TEXT.button}</Button>
    </Dropdown>
  );
}
