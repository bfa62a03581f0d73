import type { StandardVersion } from '#contract/standard';
import { LEVEL_TEXT } from '#model/warning';
import { SIGN_LEVELS } from '#model/standard';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { LevelCell } from '../level-cell.tsx';
import { versionsQuery, versionTextQuery } from '../queries.ts';
import { SIGN_TEXT, VERSION_TEXT } from '../text.ts';
import { VersionStateTag } from '../version-state-tag.tsx';
import { namesOf } from '../words.ts';

/** Whole texts are read for it, so only the newest are. */
const NEWEST = 6;

interface SignHistoryProps {
  readonly code: string;
  readonly scenario: string;
}

/** The sign as each of the newest versions has it. */
export function SignHistory({ code, scenario }: SignHistoryProps): ReactElement {
  const query = useInfiniteQuery(versionsQuery(scenario));
  return (
    <Resource query={query} rows={3}>
      {({ pages }) => (
        <ol className="timeline">
          {pages
            .flatMap(({ items }) => items)
            .slice(0, NEWEST)
            .map((version) => (
              <li key={version.id}>
                <p className="timeline-head">
                  <strong className="figures">{version.version}</strong>
                  <VersionStateTag state={version.state} />
                  <span className="quiet timeline-when">
                    {version.effectiveFrom === null ? (
                      VERSION_TEXT.first
                    ) : (
                      <>
                        <TimeText at={version.effectiveFrom} whole /> {VERSION_TEXT.from}
                      </>
                    )}
                  </span>
                </p>
                <p className="quiet">{version.reason ?? VERSION_TEXT.file}</p>
                <SignThen code={code} version={version} />
              </li>
            ))}
        </ol>
      )}
    </Resource>
  );
}

interface SignThenProps {
  readonly code: string;
  readonly version: StandardVersion;
}

function SignThen({ code, version }: SignThenProps): ReactElement {
  const query = useQuery(versionTextQuery(version.id));
  return (
    <Resource query={query} rows={1}>
      {({ document }) => {
        const sign = document.signs.find((one) => one.code === code);
        if (!sign) return <p className="quiet">{SIGN_TEXT.absent}</p>;
        const names = namesOf(document.parameters, document.elements);
        return (
          <ul>
            {SIGN_LEVELS.flatMap((level) => {
              const cell = sign.levels[level];
              if (!cell) return [];
              return (
                <li key={level} className="standard-plain">
                  {LEVEL_TEXT[level]} <LevelCell level={level} cell={cell} sign={sign} names={names} />
                </li>
              );
            })}
          </ul>
        );
      }}
    </Resource>
  );
}
