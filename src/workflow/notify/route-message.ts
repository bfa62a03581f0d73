import { type ChannelKind, KINDS_OF_CHANNEL } from '#model/command';
import type { EscalationChannel } from '#model/standard';

/** A channel that may carry something. */
export interface RouteChannel {
  readonly id: number;
  readonly kind: ChannelKind;
  /** What it serves: a scenario, or a stretch of territory. */
  readonly scenario: number | null;
  readonly place: number;
  readonly placeTo: number;
  readonly down: boolean;
}

export interface Where {
  readonly place: number;
  readonly scenario: number | null;
}

export type Route =
  | { readonly kind: 'by'; readonly channel: RouteChannel }
  /** No channel serves the place, or the person has no address for those that do. */
  | { readonly kind: 'none'; readonly reason: 'no-channel' | 'no-address' };

export function serves(channel: RouteChannel, { place, scenario }: Where): boolean {
  return channel.scenario === null
    ? channel.place <= place && place <= channel.placeTo
    : channel.scenario === scenario;
}

/**
 * The channel for somebody: the kinds in the order in which one stands in for another, those tried left out; of a kind the
 * nearest to the record. One that is down is passed over while another kind works, and taken when none does.
 */
export function routeMessage(
  asked: EscalationChannel,
  channels: readonly RouteChannel[],
  given: {
    readonly where: Where;
    readonly tried: readonly string[];
    readonly reaches: (kind: ChannelKind) => boolean;
  },
): Route {
  const serving = channels.filter((channel) => serves(channel, given.where));
  const kinds = KINDS_OF_CHANNEL[asked].filter((kind) => !given.tried.includes(kind));
  const able = kinds.flatMap((kind) => nearestOf(serving, kind) ?? []);
  const reaching = able.filter(({ kind }) => given.reaches(kind));
  const channel = reaching.find(({ down }) => !down) ?? reaching[0];
  if (channel) return { kind: 'by', channel };
  return { kind: 'none', reason: able.length === 0 ? 'no-channel' : 'no-address' };
}

function nearestOf(channels: readonly RouteChannel[], kind: ChannelKind): RouteChannel | undefined {
  const width = (one: RouteChannel): number => (one.scenario === null ? one.placeTo - one.place : -1);
  return channels
    .filter((one) => one.kind === kind)
    .toSorted((a, b) => Number(a.down) - Number(b.down) || width(a) - width(b) || a.id - b.id)[0];
}
