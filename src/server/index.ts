export { subscriptions } from './subscriptions.ts';
