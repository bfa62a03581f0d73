import { EmbeddedPostgres, Storage } from '#storage';
import { type RawBuilder } from 'kysely';

import type { Client } from '../client.ts';
import { IdentityProviderServer } from '../identity-provider.ts';
import { signedIn } from '../matrix/signed-in.ts';
import { PASSWORD, PuanProcess } from '../puan-process.ts';
import { Visitor } from '../visitor.ts';
import { furnish } from './furnish.ts';
import { type Reply, replyOf } from './reply.ts';
import { writeRaw } from './write-raw.ts';

/** Who has a session here. What they may do follows from the sample accounts. */
const PEOPLE = ['admin', 'security', 'auditor', 'flood.admin', 'gas.admin', 'village.sample'] as const;
export type Person = (typeof PEOPLE)[number];

/** A request; `as` shows somebody's session as scripts do, `cookieOf` as their browser does. */
export interface Asked {
  readonly method?: string;
  readonly as?: Person;
  readonly cookieOf?: Person;
  readonly bearer?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: string | Buffer;
  readonly type?: string;
}

/** A whole Puan with its identity provider, people and records, for those who mean it no good. */
export class Stage {
  readonly idp = new IdentityProviderServer();
  readonly #people = new Map<Person, Client>();
  #puan: PuanProcess | undefined;
  #storage: Storage | undefined;

  static async open(): Promise<Stage> {
    const stage = new Stage();
    await stage.idp.listen();
    const puan = new PuanProcess({ env: stage.idp.settings });
    stage.#puan = puan;
    await puan.start();
    // The server's own PostgreSQL is found running and is left to it.
    const { address } = await EmbeddedPostgres.start({ dataDir: puan.dataDir, log: () => undefined });
    stage.#storage = new Storage(address, () => undefined);
    await stage.idp.serve(puan.url);
    for (const person of PEOPLE) stage.#people.set(person, await signedIn(stage.storage, puan.url, person));
    await furnish(stage.person('admin'), stage.person('security'));
    return stage;
  }

  get puan(): PuanProcess {
    if (!this.#puan) throw new Error('the stage is not open');
    return this.#puan;
  }

  get storage(): Storage {
    if (!this.#storage) throw new Error('the stage is not open');
    return this.#storage;
  }

  person(person: Person): Client {
    const client = this.#people.get(person);
    if (!client) throw new Error(`${person} is not on the stage`);
    return client;
  }

  async send(path: string, asked: Asked = {}): Promise<Reply> {
    const { method = 'GET', as, cookieOf, json, type, headers: more } = asked;
    const headers: Record<string, string> = { ...more };
    const bearer = as === undefined ? asked.bearer : this.person(as).token;
    if (bearer !== undefined) headers['authorization'] = `Bearer ${bearer}`;
    if (cookieOf !== undefined) headers['cookie'] = `puan_session=${this.person(cookieOf).token}`;
    const body = json === undefined ? asked.body : JSON.stringify(json);
    if (body !== undefined) headers['content-type'] = type ?? 'application/json';
    const address = this.puan.url + path;
    const reply = await fetch(address, { method, headers, body: body ?? null, redirect: 'manual' });
    return replyOf(reply.status, reply.headers, Buffer.from(await reply.arrayBuffer()));
  }

  post(path: string, json: unknown, asked: Asked = {}): Promise<Reply> {
    return this.send(path, { method: 'POST', json, ...asked });
  }

  signIn(username: unknown, password: unknown = PASSWORD, asked: Asked = {}): Promise<Reply> {
    return this.post('/api/v1/session', { username, password }, asked);
  }

  /** One after another, as one attacker would. */
  async each<T>(values: readonly T[], ask: (value: T) => Promise<Reply>): Promise<readonly Reply[]> {
    const replies: Reply[] = [];
    for (const value of values) replies.push(await ask(value));
    return replies;
  }

  raw(bytes: string | Buffer, how: { readonly end?: boolean } = {}): Promise<Reply> {
    return writeRaw(this.puan.httpPort, bytes, how);
  }

  /** The rows of a query of the owner's. */
  async rows<Row>(query: RawBuilder<Row>): Promise<readonly Row[]> {
    return (await query.execute(this.storage.system)).rows;
  }

  /** A browser at the provider, and the answer it is about to bring to Puan. */
  async answerFor(person: object = {}): Promise<{ readonly visitor: Visitor; readonly answer: URL }> {
    const visitor = new Visitor();
    this.idp.next = {
      sub: 'hostile.village',
      name: '居村',
      roles: ['village'],
      org_code: '310115125001',
      ...person,
    };
    const start = `${this.puan.url}/api/v1/identity/start`;
    const { origin } = new URL(this.puan.url);
    const isCallback = (url: URL): boolean => url.origin === origin && url.pathname.endsWith('/callback');
    return { visitor, answer: new URL(await visitor.walk(start, isCallback)) };
  }

  /** The browser brings an answer. */
  async bring(visitor: Visitor, answer: URL): Promise<Reply> {
    const { status, headers, body } = await visitor.open(answer.href);
    return replyOf(status, headers, Buffer.from(body));
  }

  /** The whole way through the provider, with something done to the answer before the browser brings it. */
  async arrive(spoil: (answer: URL) => void): Promise<Reply> {
    const { visitor, answer } = await this.answerFor();
    spoil(answer);
    return this.bring(visitor, answer);
  }

  async close(): Promise<void> {
    await this.#storage?.close();
    await this.#puan?.remove();
    await this.idp.close();
  }
}
