import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Checkbox } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { PlatformChoice } from '../choices.tsx';
import { toCsv } from '../csv.ts';
import { Frame } from '../frame.tsx';
import { StateIcon, STATE_TEXT } from '../role-state.tsx';
import { saveFile } from '../save-file.ts';
import type { ResponsibilitySearch } from '../search.ts';
import { csvRows } from './csv-rows.ts';
import { Leaders } from './leaders.tsx';
import { Mosaic } from './mosaic.tsx';
import { allResponsibilities } from './responsibility-queries.ts';
import { TEXT } from './text.ts';
import { Totals } from './totals.tsx';

/** 责任落实: every platform and the roles it must name, as a picture of who is there and where nobody is. */
export function ResponsibilityPage(): ReactElement {
  const search = useSearch({ from: '/desk/platforms/responsibility' });
  const navigate = useNavigate();
  const [fetched, setFetched] = useState(0);
  const exporting = useMutation({
    mutationFn: async () =>
      saveFile(TEXT.file, toCsv(csvRows(await allResponsibilities(search, setFetched)))),
  });
  const filter = ({ under, gaps }: { under: string | undefined; gaps: boolean | undefined }): void => {
    const next: ResponsibilitySearch = {
      ...(under === undefined ? {} : { under }),
      ...(gaps ? { gaps } : {}),
    };
    void navigate({ to: '/platforms/responsibility', search: next, replace: true });
  };
  return (
    <Frame
      title={TEXT.title}
      hint={TEXT.hint}
      extra={
        <Button loading={exporting.isPending} onClick={() => exporting.mutate()}>
          {exporting.isPending ? TEXT.exporting(fetched) : TEXT.export}
        </Button>
      }
    >
      {exporting.error && <Failure error={exporting.error} />}
      <Totals under={search.under} />
      <div className="filters" role="search">
        <PlatformChoice
          label={TEXT.under}
          clearable
          value={search.under}
          onChange={(under) => filter({ under, gaps: search.gaps })}
        />
        <Checkbox
          checked={search.gaps ?? false}
          onChange={({ target }) => filter({ under: search.under, gaps: target.checked })}
        >
          {TEXT.gaps}
        </Checkbox>
        <ul className="role-legend" aria-label={TEXT.legend}>
          {(['named', 'vacant', 'left'] as const).map((state) => (
            <li key={state} className={`role-state role-${state}`}>
              <StateIcon state={state} /> {STATE_TEXT[state]}
            </li>
          ))}
        </ul>
      </div>
      <Leaders search={search} />
      <Mosaic kind="town" search={search} />
      <Mosaic kind="village" search={search} />
    </Frame>
  );
}
