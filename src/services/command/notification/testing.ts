import http from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Event } from '#bus';
import { channelSettings, type ChannelSettings } from '#contract/command';
import type { ChannelKind, ChannelMessage, ChannelResult, NotificationCause } from '#model/command';
import { type Level, rankOf } from '#model/warning';
import { sealPhone } from '#services/context';
import { sql } from 'kysely';

import { type House, openHouse } from '../../platform/testing.ts';
import { openWatchHouse } from '../testing.ts';
import { TOLD_EVENTS } from './asks-of-events.ts';
import { deliverNotifications } from './deliver-notifications.ts';
import { Mailroom } from './mailroom.ts';
import { sealChannel } from './open-channel.ts';
import { tellPeople } from './tell-people.ts';

const FLOOD = 1;
/** Beyond the numbers that {@link Post.tell} gives. */
const OUTBOX = 1_000_000;
/** In Zhangjiang. */
export const HERE = 121_010;

export interface Carried {
  readonly channel: string;
  readonly message: ChannelMessage;
}

/** A house in which orders open and messages go to a real receiver on this machine, by whose word they succeed. */
export class Post {
  readonly house: House;
  readonly mailroom: Mailroom;
  readonly carried: Carried[] = [];
  /** HTTP status by channel name; 200 unless told. */
  readonly answers = new Map<string, number>();
  readonly #receiver: http.Server;
  #seq = 0;
  #read = 0;

  private constructor(house: House, receiver: http.Server) {
    this.house = house;
    this.#receiver = receiver;
    const { port } = receiver.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    this.mailroom = new Mailroom(
      (settings, message) => sendTo(url, settings, message),
      'https://puan.example',
    );
    receiver.on('request', (request: http.IncomingMessage, reply: http.ServerResponse) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const name = decodeURIComponent((request.url ?? '').slice(1));
        const status = this.answers.get(name) ?? 200;
        const message = JSON.parse(Buffer.concat(parts).toString('utf8')) as ChannelMessage;
        if (status === 200) this.carried.push({ channel: name, message });
        reply.writeHead(status).end();
      });
    });
  }

  /** `standard`: with the standard and its limits. */
  static async open(holds: 'people' | 'standard' = 'people'): Promise<Post> {
    const house = holds === 'people' ? await openWatchHouse() : await openHouse(holds);
    const receiver = http.createServer();
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    return new Post(house, receiver);
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.#receiver.close(resolve));
    await this.house.db.drop();
  }

  get db() {
    return this.house.db.storage.system;
  }

  async account(username: string): Promise<number> {
    const row = await this.db
      .selectFrom('account')
      .select('id')
      .where('username', '=', username)
      .executeTakeFirstOrThrow();
    return row.id;
  }

  async givePhone(username: string, phone: string): Promise<void> {
    const { phone_sealed, phone_masked } = sealPhone(this.house.ground.vault, phone);
    await this.db
      .updateTable('account')
      .set({ phone_sealed, phone_masked })
      .where('username', '=', username)
      .execute();
  }

  /** A channel of a platform, in earnest unless told. */
  async channel(
    kind: ChannelKind,
    more: {
      readonly name?: string;
      readonly platform?: string;
      readonly rate?: number;
      readonly dry?: boolean;
    } = {},
  ): Promise<number> {
    const { name = kind, platform = 'PD', rate = 1000, dry = false } = more;
    const given = channelSettings.parse({ ...SETTINGS[kind], kind, ...addressed(kind, name) });
    const { settings, secret_sealed: secret } = sealChannel(this.house.ground.vault, given);
    const { rows } = await sql<{ id: number }>`
      insert into channel (platform_id, place, scenario, kind, name, settings, secret_sealed, rate_per_minute, dry_run, created_by, created_at)
      select id, place, scenario, ${kind}, ${name}, ${JSON.stringify(settings)}::jsonb, ${secret}, ${rate}, ${dry}, 'test', now()
      from platform where code = ${platform} returning id`.execute(this.db);
    return rows[0]?.id ?? 0;
  }

  /** Orders at one new object, as the response room leaves them when it opens them. */
  async orders(
    count: number,
    more: {
      readonly level?: Level;
      readonly unit?: string;
      readonly simulated?: boolean;
      readonly session?: number;
      readonly place?: number;
      readonly name?: string;
    } = {},
  ): Promise<readonly number[]> {
    const { level = 'yellow', unit = '防汛办', simulated = false, session = null, place = HERE } = more;
    const { name = '龙阳路下立交' } = more;
    const { rows } = await sql<{ id: number }>`
      with o as (
        insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
        values ('N' || nextval('alarm_id'), ${name}, array[${FLOOD}::int2], ${place}, true, 31.2, 121.5) returning id
      )
      insert into work_order (code, object_id, item_code, place, scenario, level, loop, state, unit, handbook_id, limits, standard_version,
        limit_class, opened_at, replay_session_id, simulated, source)
      select 'GD-' || o.id || '-' || n, o.id, 'FLOOD.I06', ${place}, ${FLOOD}, ${rankOf(level)}::int2, 'small', 'dispatched', ${unit}, freeze_handbook('{}'), '{}', '',
        'T-std', ${new Date(this.house.now)}, ${session}::int, ${simulated}, 'patrol'
      from o, generate_series(1, ${count}::int) n returning id`.execute(this.db);
    return rows.map(({ id }) => id);
  }

  /** Announces as the dispatcher would, and gives how many rows there were before and after. */
  async tell(
    type: string,
    ids: readonly number[],
    payload: object = {},
    where: Pick<Event, 'place' | 'scenario'> = { place: HERE, scenario: FLOOD },
  ): Promise<void> {
    const events = ids.map((id): Event => {
      this.#seq += 1;
      return {
        seq: this.#seq,
        type,
        at: this.house.now,
        ...where,
        payload: { id, ...payload },
      };
    });
    await this.db.transaction().execute((tx) => tellPeople(tx, events, this.house.now));
  }

  /** Tells people what was announced since the last time, as the subscription would. */
  async follow(): Promise<void> {
    const { rows } = await sql<Omit<Event, 'seq'> & { readonly id: number }>`
      select id, type, at, place, scenario, payload from outbox where id > ${this.#read} order by id`.execute(
      this.db,
    );
    this.#read = rows.at(-1)?.id ?? this.#read;
    const events = rows
      .filter(({ type }) => TOLD_EVENTS.includes(type))
      .map(({ id, ...event }): Event => ({ ...event, seq: OUTBOX + id }));
    await this.db.transaction().execute((tx) => tellPeople(tx, events, this.house.now));
  }

  /** Who was told of a cause, as what, and why. */
  async told(cause: NotificationCause): Promise<readonly (readonly [string, string])[]> {
    const { rows } = await sql<{ username: string; text: string }>`
      select a.username, n.text from notification n join account a on a.id = n.account_id
      where n.cause = ${cause} and n.kind = 'in-app' order by n.id`.execute(this.db);
    return rows.map(({ username, text }) => [username, text]);
  }

  /** Sends what is due, as long as there is something. */
  async deliver(): Promise<void> {
    while ((await deliverNotifications(this.house.system, this.mailroom)) > 0);
  }

  rows(where: { readonly order?: number; readonly kind?: string } = {}) {
    let query = this.db.selectFrom('notification').selectAll().orderBy('id');
    if (where.order !== undefined) query = query.where('work_order_id', '=', where.order);
    if (where.kind !== undefined) query = query.where('kind', '=', where.kind as 'sms');
    return query.execute();
  }
}

/** The least that each kind asks for; what names the channel is told to the receiver. */
const SETTINGS: Partial<Record<ChannelKind, object>> = {
  wecom: { agentId: 1, secret: 's' },
  dingtalk: { agentId: 1, appSecret: 's' },
  'wecom-robot': {},
  sms: { secret: 'k' },
  voice: { secret: 'k' },
  webhook: { secret: `whsec_${'a'.repeat(32)}` },
};
const NAME_AT: Partial<Record<ChannelKind, string>> = {
  wecom: 'corpId',
  dingtalk: 'appKey',
  'wecom-robot': 'key',
};
const addressed = (kind: ChannelKind, name: string): object => {
  const field = NAME_AT[kind];
  return field === undefined ? { url: `https://sms.example/${encodeURIComponent(name)}` } : { [field]: name };
};

async function sendTo(
  url: string,
  settings: ChannelSettings,
  message: ChannelMessage,
): Promise<ChannelResult> {
  const field = NAME_AT[settings.kind];
  const given = settings as unknown as Readonly<Record<string, string>>;
  const name =
    field === undefined
      ? decodeURIComponent(new URL(given['url'] ?? '').pathname.slice(1))
      : (given[field] ?? '');
  const response = await fetch(`${url}/${encodeURIComponent(name)}`, {
    method: 'POST',
    body: JSON.stringify(message),
  });
  if (response.ok) return { kind: 'sent', providerId: `p-${message.id}` };
  if (response.status === 429) return { kind: 'limited', retryAfterMs: 30_000 };
  const forGood = response.status === 400;
  return { kind: 'refused', forGood, code: String(response.status), text: '对方拒绝' };
}
