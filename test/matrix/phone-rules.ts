import { open, own, record, type Rule } from './rule.ts';

/** Of what a phone hands in later, and of what those who work on the spot are told. */
export const PHONE_RULES: Readonly<Record<string, Rule>> = {
  'POST /api/v1/work-orders/{id}/supplements': record('work-order'),
  'POST /api/v1/work-orders/{id}/notes': record('work-order'),
  'POST /api/v1/social-reports/{id}/picture': own('of what one has reported oneself; see social.test.ts'),
  'GET /api/v1/my-social-reports': own('what one has reported oneself'),
  'GET /api/v1/duty-callees': open('who is on duty above is there to be called; see contact.test.ts'),
  'GET /api/v1/web-push-key': open('a public key'),
};
