import type { ReactElement } from 'react';

import { TodoFaults } from '../features/operations/todo-faults.tsx';
import { TodoForms } from '../features/incident/todo-forms.tsx';
import { TodoOrders } from '../features/response/todo-orders.tsx';
import { TodoElsewhere } from './todo-elsewhere.tsx';

/** 我的待办: everything that waits for me, across rooms. */
export function TodoPage(): ReactElement {
  return (
    <TodoOrders
      beside={
        <>
          <TodoForms />
          <TodoElsewhere />
          <TodoFaults />
        </>
      }
    />
  );
}
