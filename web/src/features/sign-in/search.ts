interface SignInSearch {
  readonly from?: string;
  readonly expired?: boolean;
  /** Signed in, and something has to be done first. */
  readonly owing?: boolean;
  /** Code of what went wrong at the identity provider. */
  readonly fault?: string;
}

/** What an address of the sign-in page says. */
export function readSignInSearch(search: Record<string, unknown>): SignInSearch {
  return {
    // Only a path of our own: `//host` and absolute addresses would lead away after signing in.
    ...(typeof search['from'] === 'string' && /^\/(?!\/)/u.test(search['from'])
      ? { from: search['from'] }
      : {}),
    ...(search['expired'] === true ? { expired: true } : {}),
    ...(search['owing'] === true ? { owing: true } : {}),
    ...(typeof search['fault'] === 'string' ? { fault: search['fault'] } : {}),
  };
}
