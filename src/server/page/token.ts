const storageKey = 'mystatus-token';

export type Token = {get(): string | null; set(token: string): void};

/** From the address, which it leaves at once; else what was given before. It stays with this tab alone. */
export function openToken(): Token {
  let known = kept();
  const set = (token: string): void => {
    known = token;
    try {
      sessionStorage.setItem(storageKey, token);
    } catch {
      // Where nothing is kept, it holds until the page is loaded again.
    }
  };
  const takeFromAddress = (): boolean => {
    const given = tokenIn(location.hash);
    if (given === null) return false;
    set(given);
    history.replaceState(null, '', location.pathname);
    return true;
  };
  takeFromAddress();
  // Another one may be entered while the page is open.
  window.addEventListener('hashchange', () => takeFromAddress() && location.reload());
  return {get: () => known, set};
}

function kept(): string | null {
  try {
    return sessionStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function tokenIn(hash: string): string | null {
  const [, given = ''] = /^#token=(.+)$/.exec(hash) ?? [];
  try {
    return given === '' ? null : decodeURIComponent(given);
  } catch {
    return given;
  }
}
