export { postWebhook, type WebhookMessage, type WebhookOutcome } from './post-webhook.ts';
export { signWebhook } from './sign-webhook.ts';
