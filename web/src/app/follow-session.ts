import { router } from './router.tsx';
import { onSessionExpired } from './session.ts';

declare module '@tanstack/react-router' {
  interface Register {
    readonly router: typeof router;
  }
}

/** Who is no longer signed in is led to the sign-in page, and back from there. */
export function followSession(): void {
  onSessionExpired((why) => {
    const { href, pathname } = router.state.location;
    if (pathname === '/sign-in') return;
    // Before the first page is shown nobody was signed in yet: that is no expiry.
    if (router.state.matches.length < 2 || router.state.status === 'pending') return;
    void router.navigate({ to: '/sign-in', search: { from: href, [why]: true } });
  });
}
