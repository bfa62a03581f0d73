export { Dispatcher, eventsAfter, forgetEvents, newestSeq } from './dispatcher.ts';
export type { Event } from './event.ts';
export { announce, type Announcement, announcement } from './outbox.ts';
export { Subscriber, type Subscription } from './subscriber.ts';
export { Turns } from './turns.ts';
