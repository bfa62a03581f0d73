import { lazy, type ReactElement, Suspense } from 'react';

import { TodoFaults } from '../features/operations/todo-faults.tsx';
import { TodoForms } from '../features/incident/todo-forms.tsx';
import { TodoOrders } from '../features/response/todo-orders.tsx';
import { TodoElsewhere } from './todo-elsewhere.tsx';

const TodoInjects = lazy(async () => ({
  default: (await import('../features/drill/todo-injects.tsx')).TodoInjects,
}));

/** 我的待办: everything that waits for me, across rooms. */
export function TodoPage(): ReactElement {
  return (
    <TodoOrders
      beside={
        <>
          <TodoForms />
          <Suspense fallback={null}>
            <TodoInjects />
          </Suspense>
          <TodoElsewhere />
          <TodoFaults />
        </>
      }
    />
  );
}
