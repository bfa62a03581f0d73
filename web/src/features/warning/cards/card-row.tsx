import { DownOutlined, RightOutlined } from '@ant-design/icons';
import type { WarningCard } from '#contract/warning';
import { LEVEL_TEXT, LEVELS } from '#model/warning';
import { Button, Checkbox } from 'antd';
import type { ReactElement } from 'react';

import { LEVEL_COLORS } from '../../../ui/level-colors.ts';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { OriginTags } from '../../../ui/replay-tag.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { CardWarnings } from './card-warnings.tsx';
import { TEXT } from './text.ts';

interface CardRowProps {
  readonly card: WarningCard;
  readonly current: boolean;
  readonly chosen: boolean;
  readonly opened: boolean;
  readonly busy: boolean;
  readonly onChoose: () => void;
  readonly onOpen: () => void;
  readonly onAcknowledge: () => void;
}

/** One card: its sentence, how bad, how much of it waits; opened, its warnings. */
export function CardRow(props: CardRowProps): ReactElement {
  const { card, opened, chosen } = props;
  return (
    <li data-row={card.key} data-current={props.current} className="warning-card">
      <div className="warning-card-head">
        {card.allowedActions.length > 0 && (
          <Checkbox checked={chosen} onChange={props.onChoose} aria-label={TEXT.choose} />
        )}
        <LevelTag level={card.worst} />
        <button type="button" className="warning-card-what" aria-expanded={opened} onClick={props.onOpen}>
          <strong>{card.sentence}</strong>
          {opened ? <DownOutlined aria-label={TEXT.close} /> : <RightOutlined aria-label={TEXT.open} />}
        </button>
        {card.allowedActions.includes('acknowledge') && (
          <Button size="small" type="primary" disabled={props.busy} onClick={props.onAcknowledge}>
            {TEXT.acknowledgeAll(card.unacknowledged)}
          </Button>
        )}
      </div>
      <CardFacts card={card} />
      {opened && <CardWarnings card={card.key} />}
    </li>
  );
}

function CardFacts({ card }: { readonly card: WarningCard }): ReactElement {
  return (
    <p className="warning-card-facts">
      <span className="level-counts">
        {LEVELS.toReversed()
          .filter((level) => card.levels[level] > 0)
          .map((level) => (
            <span key={level}>
              <i style={{ background: LEVEL_COLORS[level].fill }} aria-hidden /> {LEVEL_TEXT[level]}{' '}
              {card.levels[level]}
            </span>
          ))}
      </span>
      <OriginTags replaySession={card.replaySession} simulated={card.simulated > 0} />
      {card.unacknowledged > 0 ? (
        <StateTag tone="waiting">{TEXT.unacknowledged(card.unacknowledged)}</StateTag>
      ) : (
        <span className="quiet">{TEXT.acknowledged}</span>
      )}
      {card.overdue > 0 && <StateTag tone="late">{TEXT.overdue(card.overdue)}</StateTag>}
      <span className="quiet">
        {card.scenarioName}
        {card.placeCount > 1 && ` · ${TEXT.places(card.places, card.placeCount - card.places.length)}`} ·{' '}
        {TEXT.latest} <TimeText at={card.changedAt} />
      </span>
    </p>
  );
}
