import type { StandardDeployment } from '#contract/standard';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { ReactElement } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { Resource } from '../../../ui/states.tsx';
import { Frame } from '../frame.tsx';
import { deploymentQuery } from '../queries.ts';
import { TEXT } from '../text.ts';
import { VersionStateTag } from '../version-state-tag.tsx';
import { ExactTime } from './exact-time.tsx';
import { DEPLOYMENT_TEXT } from './text.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';

/** 同步核验 of one version: the evaluator, every open screen, every platform. */
export function DeploymentPage(): ReactElement {
  const { id } = useParams({ strict: false });
  const query = useQuery(deploymentQuery(Number(id)));
  const one = query.data;
  return (
    <Frame
      title={one ? DEPLOYMENT_TEXT.title(one.scenarioName, one.version) : TEXT.module}
      tags={one && <VersionStateTag state={one.state} />}
      hint={DEPLOYMENT_TEXT.hint}
      scenario={one?.scenario}
      extra={<Link to="/standard/versions">{DEPLOYMENT_TEXT.back}</Link>}
    >
      <Resource query={query}>{(found) => <Body deployment={found} />}</Resource>
    </Frame>
  );
}

function Body({ deployment }: { readonly deployment: StandardDeployment }): ReactElement {
  return (
    <div className="standard-panels">
      <section className="panel">
        <h2>{DEPLOYMENT_TEXT.clock}</h2>
        <Evaluator deployment={deployment} />
      </section>
      <section className="panel">
        <h2>{DEPLOYMENT_TEXT.platforms}</h2>
        <div className="panel-body">
          <Platforms deployment={deployment} />
        </div>
      </section>
      <section className="panel">
        <h2>{DEPLOYMENT_TEXT.screens}</h2>
        <div className="panel-body">
          <Screens deployment={deployment} />
        </div>
      </section>
      <p className="quiet small">{DEPLOYMENT_TEXT.since(formatDateTime(deployment.startedAt))}</p>
    </div>
  );
}

function Evaluator({ deployment }: { readonly deployment: StandardDeployment }): ReactElement {
  const { evaluator, lag, publishedAt, effectiveFrom, tookEffectAt } = deployment;
  return (
    <>
      {!evaluator.up && <Alert type="warning" showIcon title={DEPLOYMENT_TEXT.down} />}
      <dl className="facts">
        <dt>{DEPLOYMENT_TEXT.published}</dt>
        <dd>
          <ExactTime at={publishedAt} />
        </dd>
        {effectiveFrom !== null && (
          <>
            <dt>{DEPLOYMENT_TEXT.effective}</dt>
            <dd>
              <ExactTime at={effectiveFrom} />
            </dd>
          </>
        )}
        <dt>{DEPLOYMENT_TEXT.tookEffect}</dt>
        <dd>
          <ExactTime at={tookEffectAt} />
        </dd>
        <dt>{DEPLOYMENT_TEXT.held}</dt>
        <dd>
          <ExactTime at={evaluator.heldAt} />
        </dd>
        <dt>{DEPLOYMENT_TEXT.judged}</dt>
        <dd>
          {DEPLOYMENT_TEXT.judgedOf(evaluator.judged, evaluator.points)}
          {evaluator.judged < evaluator.points && (
            <span className="quiet standard-line">{DEPLOYMENT_TEXT.judgedWhy}</span>
          )}
        </dd>
        {(['held', 'announced', 'shown'] as const).map((which) => (
          <Lag key={which} name={DEPLOYMENT_TEXT.lagOf[which]} ms={lag[which]} />
        ))}
      </dl>
    </>
  );
}

function Lag({ name, ms }: { readonly name: string; readonly ms: number | null }): ReactElement {
  return (
    <>
      <dt>{name}</dt>
      <dd className={ms === null ? 'quiet' : 'figures'}>
        {ms === null ? DEPLOYMENT_TEXT.unknown : DEPLOYMENT_TEXT.ms(ms)}
      </dd>
    </>
  );
}

function Platforms({ deployment }: { readonly deployment: StandardDeployment }): ReactElement {
  const [, OPEN, SHOWN, SINCE] = DEPLOYMENT_TEXT.platformColumns;
  return (
    <RowsTable columns={DEPLOYMENT_TEXT.platformColumns}>
      {deployment.platforms.map(({ code, name, screens, shown, since }) => (
        <tr key={code}>
          <th scope="row">{name}</th>
          <td data-label={OPEN} className="figures">
            {screens}
          </td>
          <td data-label={SHOWN} className="figures">
            {shown}
          </td>
          <td data-label={SINCE}>
            {screens === 0 ? (
              <span className="quiet">{DEPLOYMENT_TEXT.offline}</span>
            ) : (
              <ExactTime at={since} />
            )}
          </td>
        </tr>
      ))}
    </RowsTable>
  );
}

function Screens({ deployment }: { readonly deployment: StandardDeployment }): ReactElement {
  const [, PLATFORM, OPENED, ANNOUNCED, SHOWN] = DEPLOYMENT_TEXT.screenColumns;
  if (deployment.screens.length === 0) return <p className="quiet">{DEPLOYMENT_TEXT.noScreens}</p>;
  return (
    <RowsTable columns={DEPLOYMENT_TEXT.screenColumns}>
      {deployment.screens.map(({ name, platforms, openedAt, announcedAt, shownAt }) => (
        <tr key={`${name} ${openedAt}`}>
          <th scope="row">{name}</th>
          <td data-label={PLATFORM}>{platforms.join('、')}</td>
          <td data-label={OPENED}>
            <ExactTime at={openedAt} />
          </td>
          <td data-label={ANNOUNCED}>
            {announcedAt === null && shownAt !== null ? (
              <span className="quiet">{DEPLOYMENT_TEXT.later}</span>
            ) : (
              <ExactTime at={announcedAt} />
            )}
          </td>
          <td data-label={SHOWN}>
            <ExactTime at={shownAt} />
          </td>
        </tr>
      ))}
    </RowsTable>
  );
}
