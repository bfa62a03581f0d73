import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { interactionPolicy, Provider } from 'oidc-provider';

/** What the provider knows of a person. */
export interface IdentityPerson {
  readonly sub: string;
  readonly [claim: string]: unknown;
}

export const CLIENT_ID = 'puan';
export const CLIENT_SECRET = 'a-secret-for-tests-only-2026';
/** Somebody else's client at the same provider. */
export const OTHER_CLIENT_ID = 'another-system';

const KEY_ID = 'test-key';
const DAY_SECONDS = 86_400;

/**
 * A real OpenID provider (`oidc-provider`) on loopback, as the city operation centre would run one. Whoever comes is signed
 * in as {@link next} without a form. `tamper` plays an evil one: it changes ID tokens on their way out.
 */
export class IdentityProviderServer {
  readonly #server: Server;
  readonly #people = new Map<string, IdentityPerson>();
  #key: CryptoKey | undefined;
  #provider: Provider | undefined;
  #handle: ((request: IncomingMessage, response: ServerResponse) => unknown) | undefined;
  issuer = '';
  /** Who signs in next. */
  next: IdentityPerson = { sub: 'nobody' };
  tamper: ((idToken: string) => string | Promise<string>) | undefined;
  /** Answers 503 to everything, as a provider under repair. */
  down = false;

  constructor() {
    this.#server = createServer((request, response) => {
      if (this.#handle && !this.down) void this.#handle(request, response);
      else response.writeHead(503).end();
    });
  }

  /** Takes a port; until {@link serve} it answers like a provider that is down. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    this.issuer = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    return this.issuer;
  }

  /** The settings that lead Puan here. */
  get settings(): Readonly<Record<string, string>> {
    return {
      PUAN_OIDC_ISSUER: this.issuer,
      PUAN_OIDC_CLIENT_ID: CLIENT_ID,
      PUAN_OIDC_CLIENT_SECRET: CLIENT_SECRET,
    };
  }

  /** Begins to serve the Puan at this address. */
  async serve(puan: string): Promise<void> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    this.#key = privateKey;
    const key = { ...(await exportJWK(privateKey)), kid: KEY_ID, alg: 'RS256', use: 'sig' };
    const client = {
      redirect_uris: [`${puan}/api/v1/identity/callback`],
      backchannel_logout_uri: `${puan}/api/v1/identity/backchannel-logout`,
      backchannel_logout_session_required: true,
    };
    const provider = new Provider(this.issuer, {
      clients: [
        { client_id: CLIENT_ID, client_secret: CLIENT_SECRET, ...client },
        { client_id: OTHER_CLIENT_ID, client_secret: `${CLIENT_SECRET}-other`, ...client },
      ],
      jwks: { keys: [key] },
      cookies: { keys: ['cookies of a test'] },
      claims: { openid: ['sub'], profile: ['name', 'roles', 'org_code', 'enabled', 'realm_access'] },
      features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
      // The library's own way refuses loopback, where the Puan of a test is.
      fetch: (url, options) =>
        globalThis.fetch(url, { ...options, dispatcher: undefined } as unknown as RequestInit),
      pkce: { required: () => true },
      ttl: { Session: DAY_SECONDS, Grant: DAY_SECONDS, Interaction: 600, IdToken: 600, AccessToken: 600 },
      interactions: {
        policy: loginOnly(),
        url: (_ctx, interaction) => `/interaction/${interaction.uid}`,
      },
      findAccount: (_ctx, sub) => {
        const person = this.#people.get(sub);
        return person && { accountId: sub, claims: () => person };
      },
      loadExistingGrant: async (ctx) => {
        const { client, session } = ctx.oidc;
        const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
        grant.addOIDCScope('openid profile');
        await grant.save();
        return grant;
      },
    });
    provider.use(async (ctx, next) => {
      await next();
      const body = ctx.body as { id_token?: string } | undefined;
      if (ctx.path === '/token' && this.tamper && body?.id_token !== undefined) {
        ctx.body = { ...body, id_token: await this.tamper(body.id_token) };
      }
    });
    const callback = provider.callback();
    this.#provider = provider;
    this.#handle = async (request, response) => {
      if (!request.url?.startsWith('/interaction/')) return callback(request, response);
      this.#people.set(this.next.sub, this.next);
      return provider.interactionFinished(request, response, { login: { accountId: this.next.sub } });
    };
  }

  /** Tells Puan by the back channel that a session of the person is over. Throws unless Puan says that it is done. */
  async logOut(sub: string, sid: string): Promise<void> {
    const client = await this.#provider?.Client.find(CLIENT_ID);
    if (!client) throw new Error('the provider does not serve yet');
    // The published types leave it out.
    await (client as unknown as Notifier).backchannelLogout(sub, sid);
  }

  /** Signs what the provider would never say, with its own key. */
  async sign(
    payload: JWTPayload,
    header: { readonly alg?: string; readonly typ?: string } = {},
  ): Promise<string> {
    if (!this.#key) throw new Error('the provider does not serve yet');
    return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: KEY_ID, ...header }).sign(this.#key);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

interface Notifier {
  backchannelLogout(sub: string, sid: string): Promise<void>;
}

/** Whoever comes is signed in; nobody is asked for consent between offices. */
function loginOnly(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  return policy;
}
