import type { ChannelKind, NotificationCause, NotificationState, NotificationWay } from '#model/command';
import type { EscalationChannel } from '#model/standard';
import { rankOf } from '#model/warning';
import { quietUntil, routeMessage, serves, type Telling } from '#workflow';

import type { Addressee } from './load-addressees.ts';
import type { Ask } from './asks-of-events.ts';
import { isGroupKind, type NamedChannel } from './load-route-channels.ts';

/** One person by one way about one ask, before it is known whether it goes out by itself. */
export interface Draft extends Telling {
  readonly ask: Ask;
  readonly person: Pick<Addressee, 'account_id' | 'contact_id' | 'post_id' | 'name'>;
  readonly post: string;
  readonly way: NotificationWay;
  readonly channel: number | null;
  readonly state: Extract<NotificationState, 'queued' | 'delivered' | 'withheld' | 'unreachable'>;
  readonly reason: string | null;
  /** Epoch ms; not before. */
  readonly from: number;
  /** Ways by which this person is told of the same already: none of them stands in for this one. */
  readonly tried: readonly string[];
}

/** Somebody whom an ask means, as what. */
export interface Meant {
  readonly ask: Ask;
  readonly key: string;
  readonly post: string;
  readonly onDuty: boolean;
}

const NO_WAY = {
  'no-channel': '没有可用的通道',
  'no-address': '没有登记可用通道上的号码或账号',
} as const;
const RED = rankOf('red');
/** What stands for a channel of the ladder where there is none. */
const KIND_OF: Readonly<Record<EscalationChannel, ChannelKind>> = {
  push: 'wecom',
  sms: 'sms',
  voice: 'voice',
};
/** What the robots and the systems of a platform hear of too. */
const TOLD_TO_GROUPS: ReadonlySet<NotificationCause> = new Set([
  'work-order.opened',
  'warning.raised',
  'warning.upgraded',
  'cascade.foreseen',
  'activation.changed',
]);
const NOBODY = { account_id: null, contact_id: null, post_id: null };

/** Why nothing about this leaves the house; null where it does. */
function heldBack({ subject }: Pick<Ask, 'subject'>): string | null {
  if (subject.drill) return null;
  if (subject.session !== null) return '不外发（回放）';
  return subject.simulated ? '不外发（模拟）' : null;
}

const unlessHeld = (
  held: string | null,
  state: 'queued' | 'unreachable',
  reason: string | null,
): Pick<Draft, 'state' | 'reason'> =>
  held === null ? { state, reason } : { state: 'withheld', reason: held };

/** The messages to one person: on the page itself for whoever signs in, and by the channels asked for. */
export function draftsFor(
  meant: Meant,
  addressee: Addressee,
  given: { readonly channels: readonly NamedChannel[]; readonly now: number },
): readonly Draft[] {
  const { ask } = meant;
  const { place, scenario } = ask.subject;
  const held = heldBack(ask);
  const isRed = ask.rank === RED;
  const quiet = quietUntil(addressee.quiet, { at: given.now, isRed, onDuty: meant.onDuty });
  const drafts = new Map<string, Draft>();
  const put = (one: Pick<Draft, 'way' | 'channel' | 'state' | 'reason' | 'from'>): void => {
    const group = groupOf(ask, meant.key, one);
    drafts.set(group, { ...one, ask, person: addressee, post: meant.post, group, tried: [], ...ranked(ask) });
  };
  if (addressee.account_id !== null) {
    const state = ask.subject.session === null || ask.subject.drill ? 'delivered' : 'withheld';
    const reason = state === 'withheld' ? held : null;
    put({ way: 'in-app', channel: null, state, reason, from: given.now });
  }
  const where = { place, scenario };
  for (const asked of ask.channels) {
    const reaches = (kind: ChannelKind): boolean => addressee.reaches(kind, ask.rank);
    const route = routeMessage(asked, given.channels, { where, tried: [], reaches });
    if (route.kind === 'by') {
      const { id: channel, kind: way } = route.channel;
      put({ way, channel, ...unlessHeld(held, 'queued', null), from: quiet ?? given.now });
    } else if (asked !== 'push' || addressee.account_id === null) {
      const state = unlessHeld(held, 'unreachable', NO_WAY[route.reason]);
      put({ way: KIND_OF[asked], channel: null, ...state, from: given.now });
    }
  }
  const all = [...drafts.values()];
  return all.map((one) => ({ ...one, tried: all.flatMap(({ way }) => (way === one.way ? [] : [way])) }));
}

/** Groups (robots, webhooks) hear once of what their people are told. */
export function draftsForGroups(
  ask: Ask,
  given: { readonly channels: readonly NamedChannel[]; readonly now: number },
): readonly Draft[] {
  if (!TOLD_TO_GROUPS.has(ask.cause)) return [];
  const { place, scenario, drill } = ask.subject;
  const held = heldBack(ask);
  return (
    given.channels
      .filter((channel) => isGroupKind(channel.kind) && serves(channel, { place, scenario }))
      // A drill is for its own people: another system would take it for real.
      .filter(({ kind }) => !drill || kind !== 'webhook')
      .map(({ id: channel, kind: way, name }) => ({
        ask,
        person: { ...NOBODY, name },
        post: '群',
        way,
        channel,
        ...unlessHeld(held, 'queued', null),
        from: given.now,
        tried: [],
        group: groupOf(ask, 'group', { way, channel }),
        ...ranked(ask),
      }))
  );
}

/** Nobody was found: it stands where everybody looks, instead of silence; of what is not told to anybody it says only that. */
export function draftOfGap(ask: Ask, post: string, now: number): Draft {
  const way = KIND_OF[ask.channels[0] ?? 'push'];
  const held = heldBack(ask);
  return {
    ask,
    person: { ...NOBODY, name: '（无人）' },
    post,
    way,
    channel: null,
    ...unlessHeld(held, 'unreachable', `现在没有人是${post}，值班表、人员和平台联系人里都找不到`),
    from: now,
    tried: [],
    group: groupOf(ask, post, { way, channel: null }),
    ...ranked(ask),
  };
}

function ranked({ rank, subject }: Ask): Pick<Draft, 'rank' | 'matter'> {
  return { rank, matter: subject.matter };
}

function groupOf(
  { cause, subject }: Ask,
  person: string,
  { way, channel }: Pick<Draft, 'way' | 'channel'>,
): string {
  const { scenario, session, simulated } = subject;
  return [cause, scenario, session ?? (simulated ? 'simulated' : 'live'), person, way, channel ?? ''].join(
    '|',
  );
}

/** The group of a message that is stored already, as {@link groupOf} makes it. */
export function keyOfPerson(row: Pick<Addressee, 'account_id' | 'contact_id' | 'post_id'>): string {
  if (row.account_id !== null) return `account:${row.account_id}`;
  if (row.contact_id !== null) return `contact:${row.contact_id}`;
  return row.post_id === null ? 'group' : `post:${row.post_id}`;
}
