import http from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ChannelMessage } from '#model/command';

import { AddressGuard } from './call/index.ts';

export const NOW = Date.UTC(2026, 8, 5, 2, 0, 0);
export const LISTED = new AddressGuard(['127.0.0.1']);
export const GROUND = { guard: LISTED, now: () => NOW };

export const MESSAGE: ChannelMessage = {
  id: 'N-17-1',
  to: 'zhang.san',
  title: '【红色】沪南路下立交积水',
  text: '积水 27 cm，请立即接单。',
  link: 'https://puan.example/orders/17',
  asksAnswer: false,
};

/** What a receiver got. */
export interface Got {
  readonly method: string;
  readonly url: URL;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

type Reply = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown };

/** A provider on this machine: keeps what it got, and answers as it is told. */
export class Receiver {
  readonly got: Got[] = [];
  /** Answers a request; objects as JSON. */
  answer: (got: Got) => Reply | Promise<Reply> = () => ({ body: { errcode: 0, errmsg: 'ok' } });
  readonly #server = http.createServer((request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', this.url);
      const body = Buffer.concat(parts).toString('latin1');
      void this.#reply({ method: request.method ?? '', url, headers: request.headers, body }, reply);
    });
  });

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The bodies that came to a path, read as JSON. */
  bodies(path: string): Record<string, unknown>[] {
    return this.got
      .filter(({ url }) => url.pathname === path)
      .map(({ body }) => JSON.parse(Buffer.from(body, 'latin1').toString('utf8')) as Record<string, unknown>);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #reply(got: Got, reply: http.ServerResponse): Promise<void> {
    this.got.push(got);
    const { status = 200, headers = {}, body } = await this.answer(got);
    reply.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  }
}
