import type {CredentialRow, Orphan, Services} from '../core/services.ts';
import {nearest} from '../core/text/nearest.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {Asked} from './args/parse.ts';
import {complain, print, reasonOf} from './output.ts';
import {servicesFor} from './program.ts';

/** Forgets one of our own credentials. Another tool's login is named, never touched. */
export async function runLogout(asked: Asked): Promise<number> {
  const wanted = (asked.argument ?? '').trim();
  const services = await servicesFor(asked, {ledger: false});
  try {
    const meant = meantBy(wanted, await services.credentials.rows(), services);
    if (!('problem' in meant)) return await forget(meant.row.account, meant.storedId, services);
    const gone = orphansBy(wanted, await services.credentials.orphans());
    if (gone.length > 1) return complain(`${wanted} has ${gone.length} stored logins, name one: ${named(gone)}`, 1);
    const [orphan] = gone;
    return orphan === undefined
      ? complain(meant.problem, 1)
      : await forget({...orphan, source: '', stored: true}, orphan.storedId, services);
  } finally {
    await services.close();
  }
}

/** Of a provider that is described no more: its entry in our store, all that is left of it. */
const orphansBy = (wanted: string, orphans: readonly Orphan[]): Orphan[] =>
  orphans.filter(({storedId, key, provider}) => [storedId, key, provider].includes(wanted));

type Forgotten = Pick<CredentialRow['account'], 'key' | 'label' | 'source' | 'stored'>;

async function forget(account: Forgotten, storedId: string, {credentials, redact}: Services): Promise<number> {
  const trouble = await credentials.remove(storedId).then(() => null, reasonOf);
  if (trouble !== null) return complain(`not removed everywhere: ${redact(trouble)}`, 1);
  const {key, label, source, stored} = account;
  const rest = stored ? '' : ` The same account is still in ${source}, which is left untouched.`;
  return print(`Removed ${label} (${key}).${rest}\n`);
}

type Meant = {row: CredentialRow; storedId: string} | {problem: string};

/** An account by its key, by its id in our store, or by its provider where only one login of that is stored. */
function meantBy(wanted: string, rows: readonly CredentialRow[], {catalogue, redact}: Services): Meant {
  const row = rows.find(({account, storedId}) => account.key === wanted || storedId === wanted);
  if (row !== undefined) return storedOr(row, `${wanted} is not stored by mystatus-tui`);
  const id = wanted.toLowerCase();
  if (catalogue.some(info => info.id === id)) return onlyOne(id, rows);
  const near = nearest(wanted, [...catalogue.map(info => info.id), ...rows.map(({account}) => account.key)]);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  return {problem: `there is no account "${redact(sanitize(wanted))}".${hint} "mystatus-tui accounts" lists them.`};
}

const storedOr = (row: CredentialRow, what: string): Meant =>
  row.storedId === null
    ? {problem: `${what}: its login comes from ${row.account.source}, which is left untouched.`}
    : {row, storedId: row.storedId};

function onlyOne(provider: string, rows: readonly CredentialRow[]): Meant {
  const found = rows.filter(({account}) => account.provider === provider);
  const stored = found.filter(({storedId}) => storedId !== null);
  const [first = found[0]] = stored;
  if (first === undefined) return {problem: `there is no login for ${provider}.`};
  if (stored.length < 2) return storedOr(first, `${provider} has no login stored by mystatus-tui`);
  return {
    problem: `${provider} has ${stored.length} stored logins, name one: ${named(stored.map(({account}) => account))}`,
  };
}

const named = (accounts: readonly Pick<CredentialRow['account'], 'key' | 'label'>[]): string =>
  accounts.map(({key, label}) => `${key} (${label})`).join(', ');
