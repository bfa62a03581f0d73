/** A browser without a screen: keeps cookies by host and path, and follows redirects one step at a time. */
export class Visitor {
  readonly #cookies = new Map<string, { readonly value: string; readonly path: string }>();

  /** One request; redirects are given, not followed. A relative address in `location` is made whole. */
  async open(address: string): Promise<Step> {
    const url = new URL(address);
    const reply = await fetch(url, { redirect: 'manual', headers: { cookie: this.#cookiesFor(url) } });
    for (const line of reply.headers.getSetCookie()) this.#keep(url, line);
    const location = reply.headers.get('location');
    return {
      status: reply.status,
      location: location === null ? undefined : new URL(location, url).href,
      body: await reply.text(),
      headers: reply.headers,
    };
  }

  /** Follows redirects from `address` until one leads to where `stop` says; gives that address without opening it. */
  async walk(address: string, stop: (url: URL) => boolean): Promise<string> {
    let at = address;
    for (let steps = 0; steps < 12; steps += 1) {
      if (stop(new URL(at))) return at;
      const { status, location, body } = await this.open(at);
      if (location === undefined) throw new Error(`${at} answered ${status}: ${body.slice(0, 500)}`);
      at = location;
    }
    throw new Error(`too many redirects from ${address}`);
  }

  /** The value of a cookie by its name, whatever its host. */
  cookie(name: string): string | undefined {
    for (const [key, { value }] of this.#cookies) if (key.endsWith(` ${name}`)) return value;
    return undefined;
  }

  /** Forgets a cookie, or puts a value in its place. */
  setCookie(name: string, value?: string): void {
    for (const [key, held] of this.#cookies) {
      if (!key.endsWith(` ${name}`)) continue;
      if (value === undefined) this.#cookies.delete(key);
      else this.#cookies.set(key, { ...held, value });
    }
  }

  #cookiesFor(url: URL): string {
    return [...this.#cookies]
      .filter(([key, { path }]) => key.startsWith(`${url.host} `) && url.pathname.startsWith(path))
      .map(([key, { value }]) => `${key.slice(key.indexOf(' ') + 1)}=${value}`)
      .join('; ');
  }

  #keep(url: URL, line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const key = `${url.host} ${pair.slice(0, at)}`;
    const value = pair.slice(at + 1);
    const path = attributes.find((one) => /^path=/iu.test(one))?.slice(5) ?? '/';
    const over = attributes.some(
      (one) => /^max-age=0$/iu.test(one) || /^expires=Thu, 01 Jan 1970/iu.test(one),
    );
    if (over || value === '') this.#cookies.delete(key);
    else this.#cookies.set(key, { value, path });
  }
}

export interface Step {
  readonly status: number;
  /** Where it leads, made whole. */
  readonly location: string | undefined;
  readonly body: string;
  readonly headers: Headers;
}
