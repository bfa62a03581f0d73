/** What is looked for, as it stands in the address: a search can be bookmarked and sent. */
export interface AuditSearch {
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  /** Days in Beijing, `YYYY-MM-DD`; both are within. */
  readonly from?: string;
  readonly to?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/u;
const DAY_MS = 86_400_000;

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const text = (name: string): string | undefined => {
    const value = search[name];
    const typed = typeof value === 'number' ? String(value) : value;
    return typeof typed === 'string' && typed.trim() !== '' ? typed.trim().slice(0, 100) : undefined;
  };
  const day = (name: string): string | undefined => {
    const value = text(name);
    return value !== undefined && DAY.test(value) && !Number.isNaN(startOfDay(value)) ? value : undefined;
  };
  const found = {
    actor: text('actor'),
    action: text('action'),
    subject: text('subject'),
    from: day('from'),
    to: day('to'),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00+08:00`);
}

/** The same as the server asks it. */
export function auditQuery({ actor, action, subject, from, to }: AuditSearch) {
  return {
    actor,
    action,
    subject,
    contains: subject === undefined ? undefined : ('true' as const),
    from: from === undefined ? undefined : startOfDay(from),
    to: to === undefined ? undefined : startOfDay(to) + DAY_MS,
  };
}
