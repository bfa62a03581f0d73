import { DownloadOutlined } from '@ant-design/icons';
import type { ImportKind } from '#contract/platform';
import { Button, Dropdown } from 'antd';
import type { ReactElement } from 'react';

interface ExportMenuProps {
  readonly kind: ImportKind;
  readonly scenario?: string | undefined;
}

/** 导出: what the person may see, as a sheet that can be imported again or as JSON. */
export function ExportMenu({ kind, scenario }: ExportMenuProps): ReactElement {
  const address = (format: string): string =>
    `/api/v1/exports?${new URLSearchParams({ kind, format, ...(scenario === undefined ? {} : { scenario }) }).toString()}`;
  return (
    <Dropdown
      menu={{
        items: [
          {
            key: 'xlsx',
            label: (
              <a href={address('xlsx')} download>
                Excel 表格（xlsx）
              </a>
            ),
          },
          {
            key: 'json',
            label: (
              <a href={address('json')} download>
                JSON
              </a>
            ),
          },
        ],
      }}
    >
      <Button icon={<DownloadOutlined />}>导出</Button>
    </Dropdown>
  );
}
