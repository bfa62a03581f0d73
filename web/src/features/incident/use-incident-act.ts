import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query';

/** Something done to an incident; whatever is on screen of incidents is asked anew. */
export function useIncidentAct<Body>(
  act: (body: Body) => Promise<unknown>,
  onDone: () => void = () => undefined,
): UseMutationResult<unknown, Error, Body> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['incident'] });
      onDone();
    },
  });
}
