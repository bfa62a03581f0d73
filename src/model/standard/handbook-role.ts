/** The regulation's four business roles and two technical ones, spelled as in the platform room. */
export const HANDBOOK_ROLES = [
  'executive-owner',
  'department-owner',
  'business-admin',
  'handler',
  'tech-owner',
  'tech-admin',
] as const;
export type HandbookRole = (typeof HANDBOOK_ROLES)[number];
