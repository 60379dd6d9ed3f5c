import {isRecord, type Json} from './values.ts';

/** The claims of a JWT, unverified: they only label and date a token that its issuer will judge. Null when unreadable. */
export function jwtClaims(token: string): Json | null {
  const payload = token.split('.')[1];
  if (payload === undefined || token.split('.').length !== 3) return null;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), char => char.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isRecord(claims) ? claims : null;
  } catch {
    return null;
  }
}
