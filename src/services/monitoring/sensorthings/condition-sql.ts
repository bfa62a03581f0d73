import { type PropertyPath, type Relation, type Term, unsupported } from '#contract/monitoring';
import { type RawBuilder, sql } from 'kysely';

import { SOURCES } from './sources.ts';

type Sql = RawBuilder<unknown>;

/** A condition over rows `t` of a set. What was written stands in parameters only, names come from our own tables. */
export function conditionSql(term: Term): Sql {
  switch (term.kind) {
    case 'literal':
      return literal(term.value, term.type);
    case 'property':
      return propertySql(term.of, term.type);
    case 'compare':
      return comparison(term.op, conditionSql(term.left), conditionSql(term.right));
    case 'arithmetic':
      return ARITHMETIC_SQL[term.op](conditionSql(term.left), conditionSql(term.right));
    case 'logic':
      return term.op === 'and'
        ? sql`(${conditionSql(term.left)} and ${conditionSql(term.right)})`
        : sql`(${conditionSql(term.left)} or ${conditionSql(term.right)})`;
    case 'not':
      return sql`(not ${conditionSql(term.of)})`;
    case 'some':
      return someSql(term.relation, term.of);
    case 'call':
      break;
  }
  const [first, second] = term.args.map(conditionSql);
  return CALL_SQL[term.name](first ?? sql`null`, second ?? sql`null`);
}

function literal(value: unknown, type: Term['type']): Sql {
  switch (type) {
    case 'null':
      return sql`null`;
    case 'number':
      return sql`${value}::float8`;
    case 'moment':
      return sql`to_timestamp(${value}::float8 / 1000)`;
    case 'boolean':
      return sql`${value}::boolean`;
    case 'text':
      break;
  }
  return sql`${value}::text`;
}

/** Never unknown: what has no value is equal to null and neither more nor less than anything (OData 4.0 §5.1.1.1). */
function comparison(op: Extract<Term, { kind: 'compare' }>['op'], left: Sql, right: Sql): Sql {
  if (op === 'eq') return sql`(${left} is not distinct from ${right})`;
  if (op === 'ne') return sql`(${left} is distinct from ${right})`;
  return sql`coalesce(${left} ${ORDER_SQL[op]} ${right}, false)`;
}

const ORDER_SQL = { gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` };

/** Dividing by zero gives no value. */
const ARITHMETIC_SQL: Readonly<Record<Extract<Term, { kind: 'arithmetic' }>['op'], (a: Sql, b: Sql) => Sql>> =
  {
    add: (a, b) => sql`(${a} + ${b})`,
    sub: (a, b) => sql`(${a} - ${b})`,
    mul: (a, b) => sql`(${a} * ${b})`,
    div: (a, b) => sql`(${a} / nullif(${b}, 0))`,
    mod: (a, b) => sql`(${a} - ${b} * trunc(${a} / nullif(${b}, 0)))`,
  };

const CALL_SQL: Readonly<Record<Extract<Term, { kind: 'call' }>['name'], (a: Sql, b: Sql) => Sql>> = {
  substringof: (part, whole) => sql`coalesce(strpos(${whole}, ${part}) > 0, false)`,
  contains: (whole, part) => sql`coalesce(strpos(${whole}, ${part}) > 0, false)`,
  startswith: (whole, part) => sql`coalesce(starts_with(${whole}, ${part}), false)`,
  endswith: (whole, part) => sql`coalesce(right(${whole}, length(${part})) = ${part}, false)`,
  tolower: (text) => sql`lower(${text})`,
  toupper: (text) => sql`upper(${text})`,
  length: (text) => sql`length(${text})::float8`,
};

/** A property of a row `t`, or of the one that it belongs to. */
export function propertySql({ through, name, part }: PropertyPath, type: Term['type']): Sql {
  const [relation, ...further] = through;
  if (relation)
    return throughSql(relation, { through: further, name, text: '', ...(part ? { part } : {}) }, type);
  const column = sql.ref(`t.${name}`);
  const value = part === undefined ? column : sql`(${column} ->> ${sql.lit(part)})`;
  return type === 'number'
    ? sql`${value}::float8`
    : type === 'boolean'
      ? sql`${value}::boolean`
      : sql`${value}`;
}

/** Rows are called `t` inside as outside: the one they belong to is handed in by its column. */
function someSql({ target, ours, theirs }: Relation, of: Term): Sql {
  if (target === 'Observations') throw unsupported('经 Observations 过滤');
  return sql`exists (select from (select ${sql.ref(`t.${ours}`)} as wanted) w
    join (${SOURCES[target]}) t on ${sql.ref(`t.${theirs}`)} = w.wanted where ${conditionSql(of)})`;
}

function throughSql(relation: Relation, rest: PropertyPath, type: Term['type']): Sql {
  if (relation.target === 'Observations') throw unsupported('经 Observations 过滤');
  return sql`(select ${propertySql(rest, type)} from (select ${sql.ref(`t.${relation.ours}`)} as wanted) w
    join (${SOURCES[relation.target]}) t on ${sql.ref(`t.${relation.theirs}`)} = w.wanted)`;
}
