import { lazy, type ReactElement, Suspense } from 'react';

import { TodoFaults } from '../features/operations/todo-faults.tsx';
import { TodoForms } from '../features/incident/todo-forms.tsx';
import { TodoOrders } from '../features/response/todo-orders.tsx';
import { Loading } from '../ui/states.tsx';
import { useSession } from './session.ts';
import { TodoElsewhere } from './todo-elsewhere.tsx';

const TodoInjects = lazy(async () => ({
  default: (await import('../features/drill/todo-injects.tsx')).TodoInjects,
}));
const VillagePage = lazy(async () => ({
  default: (await import('../features/response/village/village-page.tsx')).VillagePage,
}));

/** 我的待办: everything that waits for me, across rooms; a village's people see one card a thing. */
export function TodoPage(): ReactElement {
  const roles = useSession()?.roles ?? [];
  const isVillage = roles.length > 0 && roles.every(({ role }) => role === 'village-handler');
  const beside = (
    <>
      <TodoForms />
      <Suspense fallback={null}>
        <TodoInjects />
      </Suspense>
      <TodoElsewhere />
      <TodoFaults />
    </>
  );
  if (!isVillage) return <TodoOrders beside={beside} />;
  return (
    <Suspense fallback={<Loading />}>
      <VillagePage beside={beside} />
    </Suspense>
  );
}
