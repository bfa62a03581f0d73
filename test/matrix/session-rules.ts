import { before, own, type Rule } from './rule.ts';

const SESSION = own('one’s own session');

/** Signing in and out, and what is one's own. */
export const SESSION_RULES: Readonly<Record<string, Rule>> = {
  'POST /api/v1/session': before('signing in'),
  'POST /api/v1/session/pin': before('signing in on a bound device'),
  'GET /api/v1/session/device': before('whether this browser is bound'),
  'GET /api/v1/identity/provider': before('whether there is a provider'),
  'GET /api/v1/identity/start': before('leads to the provider'),
  'GET /api/v1/identity/callback': before('comes back from the provider'),
  'POST /api/v1/identity/backchannel-logout': before('the provider itself calls'),
  'GET /api/v1/session': SESSION,
  'DELETE /api/v1/session': SESSION,
  'POST /api/v1/session/password': SESSION,
  'POST /api/v1/session/totp': SESSION,
  'PUT /api/v1/session/totp': SESSION,
  'POST /api/v1/session/totp/removal': SESSION,
  'POST /api/v1/session/device': SESSION,
  'GET /api/v1/sessions': SESSION,
  'DELETE /api/v1/sessions': SESSION,
  'DELETE /api/v1/sessions/{id}': SESSION,
  'DELETE /api/v1/bound-devices/{id}': SESSION,
};
