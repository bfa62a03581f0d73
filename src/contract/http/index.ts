export { EVENT_TYPES, type EventType, type StreamEvent, streamEvent, streamNamed } from './events.ts';
export { flag, idParams, moment, PAGE_LIMIT, pageOf, pageQuery } from './page.ts';
export { type Problem, problem } from './problem.ts';
export { parseRfc3339 } from './rfc3339.ts';
export { type Obligation, OBLIGATIONS, type Route, route } from './route.ts';
