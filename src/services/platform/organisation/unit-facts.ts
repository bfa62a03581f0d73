import { AppError } from '#base';
import type { organisationRoutes } from '#contract/platform';
import { isPhone } from '#model/platform';
import { type RequestContext, sealPhone } from '#services/context';
import type { Tx } from '#storage';
import type { z } from 'zod';

import { findPlatform } from './find-platform.ts';

type Facts = Partial<Omit<z.output<typeof organisationRoutes.updateUnit.body>, 'version'>>;

/** The columns of what was given of a unit; it lies where its platform lies. Throws `access.denied`, `input.invalid`. */
export async function unitColumns(context: RequestContext, tx: Tx, facts: Facts): Promise<object> {
  const { creditCode, platform, phone, ...rest } = facts;
  if (typeof phone === 'string' && !isPhone(phone)) {
    throw new AppError('input.invalid', { issues: '单位电话不是有效的号码' });
  }
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...given,
    ...(creditCode === undefined ? {} : { credit_code: creditCode }),
    ...(phone === undefined ? {} : sealPhone(context.vault, phone)),
    ...(platform === undefined ? {} : await home(context, tx, platform)),
  };
}

async function home(context: RequestContext, tx: Tx, code: string): Promise<object> {
  const { id, place, scenario } = await findPlatform(tx, code);
  context.authorizeRecord('object.manage', { place, scenario });
  return { platform_id: id, place, scenario };
}
