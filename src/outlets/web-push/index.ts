export { makeVapidKeys, WebPushSender } from './web-push-sender.ts';
