import { AppError } from '#base';

/** The refusal of a file as a whole. */
export function unreadable(reason: string): AppError {
  return new AppError('import.unreadable', { reason });
}
