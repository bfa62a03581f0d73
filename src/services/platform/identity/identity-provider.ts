import { AppError } from '#base';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import * as oidc from 'openid-client';

import type { Claims } from './claim-values.ts';
import { providerRefusal } from './provider-refusal.ts';
import type { SignInTicket } from './sign-in-ticket.ts';

/** The identity provider as the settings have it. */
export interface IdentitySettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the button says, e.g. 城运平台. */
  readonly name: string;
  readonly scope: string;
}

/** A person as the provider vouches for them, everything checked. */
export interface ProvenPerson {
  readonly issuer: string;
  readonly subject: string;
  /** The provider's session, where it names one. */
  readonly sid: string | null;
  readonly claims: Claims;
}

const TIMEOUT_SECONDS = 8;
/** A notice of a logout is for now. */
const NOTICE_SECONDS = 5 * 60;
const CLOCK_TOLERANCE_SECONDS = 30;
/** Signatures by a key of the provider's own; `none` and shared secrets are none. */
const SIGNATURES = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

interface Found {
  readonly configuration: oidc.Configuration;
  readonly keys: ReturnType<typeof createRemoteJWKSet>;
}

/**
 * The door to the identity provider (OpenID Connect code flow with PKCE). What it is like is asked at first use and kept; a
 * provider that does not answer is asked again the next time somebody tries.
 */
export class IdentityProvider {
  readonly settings: IdentitySettings | undefined;
  #found: Promise<Found> | undefined;

  constructor(settings: IdentitySettings | undefined) {
    this.settings = settings;
  }

  /** The address at the provider that begins this sign-in. Throws `identity.disabled`, `identity.provider-down`. */
  async authorizationAddress(ticket: SignInTicket): Promise<string> {
    const { configuration } = await this.#find();
    return oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: ticket.redirect,
      scope: this.#given.scope,
      state: ticket.state,
      nonce: ticket.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(ticket.verifier),
      code_challenge_method: 'S256',
    }).href;
  }

  /**
   * Redeems the code of an answer and checks everything that comes back: issuer, state, nonce, signature, audience and
   * times. Throws `identity.provider-down`, `.provider-refused`, `.expired`, `.proof-invalid`, `.disabled`.
   */
  async redeem(
    ticket: SignInTicket,
    answer: Readonly<Record<string, string | undefined>>,
  ): Promise<ProvenPerson> {
    const { configuration } = await this.#find();
    const address = new URL(ticket.redirect);
    for (const [name, value] of Object.entries(answer))
      if (value !== undefined) address.searchParams.set(name, value);
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, address, {
        expectedState: ticket.state,
        expectedNonce: ticket.nonce,
        pkceCodeVerifier: ticket.verifier,
        idTokenExpected: true,
      });
      const proof = tokens.claims();
      if (!proof) throw new AppError('identity.proof-invalid', { reason: 'no-id-token' });
      const more = configuration.serverMetadata().userinfo_endpoint
        ? await oidc.fetchUserInfo(configuration, tokens.access_token, proof.sub)
        : {};
      // What is signed counts before what is merely said.
      return personOf(proof.iss, proof.sub, { ...more, ...proof });
    } catch (error) {
      throw providerRefusal(error);
    }
  }

  /** The claims of a logout token (OpenID Connect Back-Channel Logout §2.6). Throws `identity.logout-invalid`, `.provider-down`. */
  async readLogout(token: string): Promise<JWTPayload> {
    const { configuration, keys } = await this.#find();
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer: configuration.serverMetadata().issuer,
        audience: this.#given.clientId,
        algorithms: SIGNATURES,
        requiredClaims: ['iat', 'jti', 'events'],
        maxTokenAge: NOTICE_SECONDS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      const { typ } = protectedHeader;
      if (typ === undefined || /^(application\/)?(logout\+)?jwt$/iu.test(typ)) return payload;
    } catch (error) {
      const refusal = providerRefusal(error);
      if (refusal.code === 'identity.provider-down') throw refusal;
      throw new AppError('identity.logout-invalid', { reason: refusal.details['reason'] }, { cause: error });
    }
    throw new AppError('identity.logout-invalid', { reason: 'typ' });
  }

  get #given(): IdentitySettings {
    if (!this.settings) throw new AppError('identity.disabled');
    return this.settings;
  }

  #find(): Promise<Found> {
    this.#found ??= discover(this.#given).catch((error: unknown) => {
      this.#found = undefined;
      throw new AppError(
        'identity.provider-down',
        { reason: providerRefusal(error).details['reason'] },
        { cause: error },
      );
    });
    return this.#found;
  }
}

async function discover(settings: IdentitySettings): Promise<Found> {
  const issuer = new URL(settings.issuer);
  const configuration = await oidc.discovery(
    issuer,
    settings.clientId,
    { client_secret: settings.clientSecret, [oidc.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
    authentication(settings.clientSecret),
    {
      timeout: TIMEOUT_SECONDS,
      execute: [
        // Also where the token comes straight from the provider: a signature is checked, not assumed.
        oidc.enableNonRepudiationChecks,
        // The settings take http on the machine itself only.
        ...(issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
      ],
    },
  );
  const { jwks_uri: keys } = configuration.serverMetadata();
  if (keys === undefined) throw new Error('the identity provider names no keys (jwks_uri)');
  return {
    configuration,
    keys: createRemoteJWKSet(new URL(keys), { timeoutDuration: TIMEOUT_SECONDS * 1000 }),
  };
}

/** The way of showing the secret that the provider takes; the standard's own where it names none. */
function authentication(secret: string): oidc.ClientAuth {
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (ways.includes('client_secret_basic') ? basic : post)(server, client, body, headers);
  };
}

const LONGEST_SUBJECT = 255;

function personOf(issuer: string, subject: string, claims: Claims): ProvenPerson {
  if (subject.length > LONGEST_SUBJECT || /\p{Cc}/u.test(subject) || !subject.isWellFormed()) {
    throw new AppError('identity.proof-invalid', { reason: 'sub' });
  }
  const { sid } = claims;
  return { issuer, subject, sid: typeof sid === 'string' ? sid.slice(0, LONGEST_SUBJECT) : null, claims };
}
