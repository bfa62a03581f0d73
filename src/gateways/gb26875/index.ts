export { startGb26875Gateway } from './gateway.ts';
export { GB26875_LENIENCY_TEXT, GB26875_REFUSAL_TEXT } from './text.ts';
