export {
  beijingMonth,
  type CivilTime,
  daysFromCivil,
  fromBeijing,
  momentText,
  spanOfBeijingMonth,
  startOfBeijingMonth,
  toBeijing,
} from './beijing-time.ts';
export type { Clock } from './clock.ts';
export { roomFor, widened } from './columns.ts';
export { csvLine } from './csv-line.ts';
export { AppError, ERROR_STATUS, type ErrorCode, type ErrorDetails } from './errors.ts';
export { issueWords } from './issue-words.ts';
export { IDENTITY_WORDING } from './identity-wording.ts';
export { isMoment } from './moment.ts';
export type { Refusal } from './result.ts';
export { ERROR_WORDING, fill, wordingOf } from './wording.ts';
