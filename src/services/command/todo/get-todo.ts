import { TODO_KINDS, type TodoKind, type Waiting } from '#contract/command';
import type { Capability } from '#model/platform';
import type { RequestContext } from '#services/context';

/** What a room says of what waits there for the caller, within what its own capability reaches. */
export interface TodoPart {
  readonly needs: Capability;
  waiting(context: RequestContext): Promise<Waiting>;
}
export type TodoParts = Readonly<Record<TodoKind, TodoPart>>;

interface Todo extends Waiting {
  readonly kind: TodoKind;
}

/** What waits for the caller, kind by kind; kinds of which nothing waits are left out. */
export async function getTodo(
  context: RequestContext,
  parts: TodoParts,
): Promise<{ readonly items: Todo[] }> {
  const items: Todo[] = [];
  for (const kind of TODO_KINDS) {
    const part = parts[kind];
    if (!context.actor.rights.has(part.needs)) continue;
    const found = await part.waiting(context);
    if (found.count > 0) items.push({ kind, ...found });
  }
  return { items };
}
