import { AppError } from '#base';
import { CARD_GRAINS, type CardArea, type CardCell } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

const KINDS = ['cause', ...CARD_GRAINS] as const;

/** A card's name, by which its warnings are found again: `town~310115125~FLOOD.I06~live`. */
export function cardKeyOf(area: CardArea, { item, session }: CardCell): string {
  const [code, subject] = area.kind === 'cause' ? [area.code.replace('/', '.'), 'all'] : [area.code, item];
  return [area.kind, code, subject, session ?? 'live'].join('~');
}

/** The open warnings `w` on a card, as a condition. Throws `input.invalid` for a key that is none. */
export function onCard(key: string): RawBuilder<boolean> {
  const [kind, code, item, session] = key.split('~');
  const grain = KINDS.find((one) => one === kind);
  if (grain === undefined || code === undefined || item === undefined || session === undefined) {
    throw new AppError('input.invalid', { issues: '不是归并卡片的编号' });
  }
  const recording =
    session === 'live' ? sql`w.replay_session_id is null` : sql`w.replay_session_id = ${Number(session)}`;
  const subject =
    grain === 'cause' ? sql`true` : sql`w.item_code = ${item} and w.cause is null and ${IS_NO_CAUSE}`;
  return sql<boolean>`w.state = 'open' and ${subject} and ${recording} and ${within(grain, code)}`;
}

/** What stands on the card of a cause, the cause among them, is on no other card. */
const IS_NO_CAUSE = sql`'warning/' || w.id not in (
  select o.cause from warning o where o.state = 'open' and o.cause is not null)`;

function within(grain: CardArea['kind'], code: string): RawBuilder<unknown> {
  switch (grain) {
    case 'cause':
      return sql`(w.cause = ${code.replace('.', '/')} or w.id = ${causingWarning(code)})`;
    case 'object':
      return sql`w.id = ${Number(code)}`;
    case 'village':
      return sql`w.place = ${Number(code)}`;
    case 'town':
      return sql`w.place between (select place from platform where code = ${code})
        and (select place_to from platform where code = ${code})`;
    case 'district':
      return sql`true`;
    default:
      return grain satisfies never;
  }
}

/** Id of the warning that is the cause; 0 where something else is. */
function causingWarning(code: string): number {
  const [kind, id] = code.split('.');
  return kind === 'warning' ? Number(id) : 0;
}
