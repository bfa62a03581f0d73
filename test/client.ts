/** A small script's view of Puan: JSON in, JSON out, the status beside it. */
export class Client {
  readonly #url: string;
  token: string | undefined;

  constructor(url: string, token?: string) {
    this.#url = url;
    this.token = token;
  }

  /** Signs in and gives a client that is that person. */
  async as(username: string, password: string): Promise<Client> {
    const { body } = await this.send<{ token: string }>('POST', '/api/v1/session', { username, password });
    return new Client(this.#url, body.token);
  }

  /** The reply's body; throws on a refusal, with its text. */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const reply = await this.send<T>(method, path, body);
    if (reply.status >= 400)
      throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  async send<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
    const headers: Record<string, string> = {};
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (this.token !== undefined) headers['authorization'] = `Bearer ${this.token}`;
    const response = await fetch(this.#url + path, {
      method,
      headers,
      // Where a browser is led away, a script is told.
      redirect: 'manual',
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    // A file that is handed out (CSV, xlsx) stays text.
    const isJson = /\bjson\b/u.test(response.headers.get('content-type') ?? '');
    const parsed: unknown = text === '' ? null : isJson ? JSON.parse(text) : text;
    return { status: response.status, body: parsed as T };
  }
}
