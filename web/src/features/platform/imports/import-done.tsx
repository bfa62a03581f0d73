import type { ImportKind, ImportReport } from '#contract/platform';
import { Link } from '@tanstack/react-router';
import { Button, Result } from 'antd';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { TEXT } from './text.ts';

const LISTS: Readonly<
  Record<
    ImportKind,
    | '/platforms/objects'
    | '/platforms/units'
    | '/platforms'
    | '/standard/ledger'
    | '/monitoring'
    | '/warnings'
  >
> = {
  objects: '/platforms/objects',
  units: '/platforms/units',
  platforms: '/platforms',
  ledger: '/standard/ledger',
  population: '/monitoring',
  dependencies: '/warnings',
};

interface ImportDoneProps {
  readonly report: ImportReport;
  readonly onAgain: () => void;
}

/** What was created, changed and left as it was. */
export function ImportDone({ report, onAgain }: ImportDoneProps): ReactElement {
  return (
    <section className="panel" role="status">
      <Result
        status="success"
        title={TEXT.done}
        subTitle={TEXT.doneWords(
          formatNumber(report.created),
          formatNumber(report.updated),
          formatNumber(report.unchanged),
        )}
        extra={[
          <Link key="list" to={LISTS[report.kind]} className="button-link">
            {TEXT.look}
          </Link>,
          <Button key="again" onClick={onAgain}>
            {TEXT.another}
          </Button>,
        ]}
      />
    </section>
  );
}
