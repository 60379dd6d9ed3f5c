import type {Account, Machine} from '../../core/provider.ts';
import {problemAccount} from '../shared/accounts.ts';
import {appDirectory} from '../shared/app-directories.ts';
import {remedyFor} from '../shared/held.ts';
import {notedAccount} from '../shared/noted.ts';
import {id, makers, place, quotaFile} from './names.ts';
import {type Noted, parseQuotaFile} from './parse.ts';

type File = {product: string; path: string; writtenAt: number};

/** The account whose quota the IDEs note (docs/providers/jetbrains.md#where-the-figures-come-from). Never throws. */
export async function discover(machine: Machine, names: readonly string[] = [place]): Promise<Account[]> {
  if (!names.includes(place)) return [];
  const problems: Account[] = [];
  for (const file of await quotaFiles(machine)) {
    const account = await inFile(machine, file);
    if (account === null) continue;
    if (account.problem === undefined) return [account];
    problems.push(account);
  }
  return problems.slice(0, 1);
}

/** All IDEs show one account, so the file that was written last knows it best. */
async function quotaFiles(machine: Machine): Promise<File[]> {
  const found = await Promise.all(
    makers.map(({name, product}) => filesOf(machine, appDirectory(machine, name), product)),
  );
  return found.flat().sort((one, other) => other.writtenAt - one.writtenAt);
}

async function filesOf(machine: Machine, directory: string, start: string): Promise<File[]> {
  const products = (await machine.list(directory)).filter(name => name.startsWith(start));
  const files = products.map(async product => {
    const path = `${directory}/${product}/${quotaFile}`;
    const writtenAt = await machine.modifiedAt(path);
    return writtenAt === null ? [] : [{product, path, writtenAt}];
  });
  return (await Promise.all(files)).flat();
}

/** Null where the IDE noted nothing yet. */
async function inFile(machine: Machine, {product, path, writtenAt}: File): Promise<Account | null> {
  const source = `${product} quota file`;
  const file = await machine.readText(path);
  if (file.state === 'missing') return null;
  if (file.state === 'unreadable') return problemAccount(machine, id, {source, why: file.why, remedy: remedyFor(file)});
  const noted = parseQuotaFile(file.text, machine.now());
  if (noted === null) return null;
  if (noted === 'broken')
    return problemAccount(machine, id, {source, why: 'it has an unknown form', code: 'bad_response', remedy: 'report'});
  return accountOf(machine, source, product, noted, Math.min(writtenAt, machine.now()));
}

const accountOf = (
  machine: Machine,
  source: string,
  product: string,
  {reading, hasEnded}: Noted,
  readAt: number,
): Account =>
  notedAccount(machine, {
    ...{provider: id, place, source, reading},
    // Nobody has used the IDE since the refill: what it noted before is over.
    ...(hasEnded ? {passive: {...reading, remedy: {code: 'open', name: product}}} : {cached: {reading, readAt}}),
  });
