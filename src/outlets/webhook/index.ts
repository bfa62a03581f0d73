export { postWebhook, type WebhookMessage, type WebhookOutcome } from './post-webhook.ts';
export { signWebhook } from './sign-webhook.ts';
export { WebhookSender } from './webhook-sender.ts';
