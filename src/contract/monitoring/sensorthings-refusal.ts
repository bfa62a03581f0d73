import { AppError } from '#base';

/** A request that is not written as the standard has it. */
export function invalid(issue: string): AppError {
  return new AppError('sensorthings.invalid', { issue });
}

/** Something the standard has and this service has not; it is named, never passed over. */
export function unsupported(feature: string): AppError {
  return new AppError('sensorthings.unsupported', { feature });
}
