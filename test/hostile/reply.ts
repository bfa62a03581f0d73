/** What came back, whatever way it was asked for. */
export interface Reply {
  readonly status: number;
  /** Code of a refusal, also of one that a browser was led away with; empty where nothing was refused. */
  readonly code: string;
  readonly text: string;
  readonly json: unknown;
  readonly headers: Headers;
  readonly location: string | undefined;
}

export function replyOf(status: number, headers: Headers, bytes: Buffer): Reply {
  const text = bytes.toString('utf8');
  const json: unknown = /\bjson\b/u.test(headers.get('content-type') ?? '') ? JSON.parse(text) : undefined;
  const location = headers.get('location') ?? undefined;
  const told = (json as { readonly code?: string } | null | undefined)?.code;
  const code = status >= 400 ? (told ?? '') : (/[?&]fault=([a-z.-]+)/u.exec(location ?? '')?.[1] ?? '');
  return { status, code, text, json, headers, location };
}

/** The records of a page. */
export function itemsOf(reply: Reply | undefined): readonly Readonly<Record<string, unknown>>[] {
  const page = (reply?.json ?? {}) as { readonly items?: readonly Readonly<Record<string, unknown>>[] };
  if (!page.items) throw new Error(`no page: ${reply?.text}`);
  return page.items;
}

/** The secret that was handed out. */
export function tokenOf(reply: Reply | undefined): string {
  const { token } = (reply?.json ?? {}) as { readonly token?: string };
  if (token === undefined) throw new Error(`no token: ${reply?.text}`);
  return token;
}
