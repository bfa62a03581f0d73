import { AppError } from '#base';

import { isSame, onenetSignature } from './check-secret.ts';
import { INTAKE, type IntakeDesk } from './intake-desk.ts';
import { SECRET_PURPOSE } from './open-source.ts';

interface Asked {
  readonly source: string;
  readonly msg: string;
  readonly nonce: string;
  readonly signature: string;
}

/** OneNET asks before it keeps an address: the `msg` to answer with. Throws `intake.refused`. */
export async function verifyOnenet(intake: IntakeDesk, asked: Asked): Promise<string> {
  const { system, desk } = intake;
  const row = await system.transaction((tx) =>
    tx
      .selectFrom('intake_source')
      .select(['code', 'secret_sealed'])
      .where('code', '=', asked.source)
      .where('kind', '=', 'onenet')
      .where('enabled', '=', true)
      .executeTakeFirst(),
  );
  const secret = row ? system.vault.open(row.secret_sealed, SECRET_PURPOSE) : '';
  if (row && isSame(asked.signature, onenetSignature(secret, asked.nonce, asked.msg))) return asked.msg;
  desk.ledger.framesRefused(INTAKE, row ? 'secret' : 'unknown-source', row?.code, 1);
  throw new AppError('intake.refused');
}
