import { AppError } from '#base';
import { ROLE_TEXT, SEPARATED_ROLES } from '#model/platform';

/** The refusal of the tables (0010, `check_separation`) as ours: two transactions may give one role each. */
export async function keepingSeparation<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Error) || !('constraint' in error) || error.constraint !== 'separated_roles')
      throw error;
    const names = SEPARATED_ROLES.map((role) => ROLE_TEXT[role]).join('、');
    throw new AppError(
      'account.request-faulty',
      { faults: `${names}三员分立，不能与其他角色由同一人担任，包括通过班组和代理` },
      { cause: error },
    );
  }
}
