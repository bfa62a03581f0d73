import type { Tx } from '#storage';
import { sql } from 'kysely';

/** Starts with a letter; what audit rows call rules and tokens (`rule:…`, `token:…`) cannot be written with it. */
const FORM = /^[a-z][a-z0-9._-]{2,39}$/u;
const RESERVED: ReadonlySet<string> = new Set(['system', 'rule', 'token', 'nobody', 'puan', 'null']);

/** What speaks against new user names: their form, or that they are taken or asked for already. */
export async function usernameFaults(
  tx: Tx,
  usernames: readonly string[],
): Promise<readonly { readonly username: string; readonly fault: string }[]> {
  const { rows: taken } = await sql<{ username: string; waiting: boolean }>`
    select n.username, false as waiting from account_name n
    where n.username in (select value from json_array_elements_text(${JSON.stringify(usernames)}::json))
    union all
    select w.username, true from names_asked_for(${[...usernames]}::text[]) w(username)`.execute(tx);
  const malformed = usernames
    .filter((username) => !FORM.test(username) || RESERVED.has(username))
    .map((username) => ({
      username,
      fault: `用户名“${username}”不合要求：3–40 个小写字母、数字、点、横线，以字母开头`,
    }));
  return [
    ...malformed,
    ...taken.map(({ username, waiting }) => ({
      username,
      fault: waiting ? `用户名“${username}”已有一条待审批的申请` : `用户名“${username}”已被使用`,
    })),
  ];
}
