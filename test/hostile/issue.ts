import type { Person, Stage } from './stage.ts';

interface Issued {
  readonly id: number;
  readonly token: string;
}

/** A token that somebody issues in their own right. */
export function issue(stage: Stage, as: Person, body: object): Promise<Issued> {
  return stage.person(as).ask<Issued>('POST', '/api/v1/tokens', { name: '令牌', ...body });
}
