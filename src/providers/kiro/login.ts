import type {Remedy} from '../../core/model.ts';
import type {Account, Machine, Unreadable} from '../../core/provider.ts';
import {problemAccount} from '../shared/accounts.ts';
import {type Held, nothing, remedyFor, trouble} from '../shared/held.ts';
import {heldToken, type TokenLogin} from '../shared/token-login.ts';
import {firstOf, type Json, toEpochMs, toText} from '../shared/values.ts';
import type {Login} from './fetch.ts';
import {id, regions} from './names.ts';

/** Where a login stands, what renews it, and the profile that is noted beside it. */
export type Found = {source: string; label: string; renew: Remedy; profileArn?: string | undefined};

/** As it is told: nothing of it may be there. */
type Told = {[Name in keyof Login]?: string | undefined};

/** A login as the editor and the command lines keep it, each in its own spelling. It does not say whose it is: its place stands for that. */
export function loginIn(machine: Machine, file: Json, found: Found): Held {
  const token = firstOf(file, ['accessToken', 'access_token'], toText);
  if (token === undefined) return nothing;
  const {source, label, renew} = found;
  return heldLogin(
    machine,
    {
      ...{source, label, renew, token, identity: `source ${source}`},
      expiresAt: toEpochMs(file.expiresAt ?? file.expires_at),
      secrets: [file.refreshToken, file.refresh_token],
    },
    {
      kind: toText(file.provider),
      region: toText(file.region),
      profileArn: firstOf(file, ['profileArn', 'profile_arn'], toText) ?? found.profileArn,
    },
  );
}

/** An account, unless it lives in a region that nobody knows: its token goes nowhere then. */
export function heldLogin(machine: Machine, login: TokenLogin, more: Told): Held {
  const region = regionOf(more);
  const secrets = [...(login.secrets ?? []), ...identitiesIn(more.profileArn)];
  if (region !== undefined) return heldToken(machine, id, {...login, secrets}, {...more, region});
  const {source, identity, token, stored = false} = login;
  const why = `its region is not one of ${regions.join(', ')}`;
  const problem = problemAccount(machine, id, {source, why, identity, remedy: login.renew});
  return trouble({...problem, secrets: [token], stored});
}

/** Numbers of the account and of the profile: the service may repeat them where it refuses, and they are nobody's business. */
const identitiesIn = (arn = ''): string[] =>
  arn
    .split(':')
    .slice(4)
    .map(part => part.replace(/^profile\//, ''));

/** The first that is told and known: a company's login may name the region of its directory, its profile that of the service. */
function regionOf({region, profileArn}: Told): string | undefined {
  const told = [region, profileArn?.split(':')[3]].map(toText).filter(each => each !== undefined);
  return told.length === 0 ? regions[0] : told.find(each => regions.includes(each));
}

export const unreadable = (machine: Machine, source: string, read: Unreadable): Account =>
  problemAccount(machine, id, {source, why: read.why, remedy: remedyFor(read)});
