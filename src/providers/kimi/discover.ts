import type {Account, Machine} from '../../core/provider.ts';
import {discoverKeys, type KeyCredential, type MorePlaces} from '../shared/keys.ts';
import {inPi} from '../shared/pi.ts';
import {placeNames} from './login-places.ts';
import {isCodingKey, type Site} from './sites.ts';
import {inConfiguration, inLogin, inOldLogin} from './tool.ts';

/** Every key of the site; without one, the login of Kimi's own tool. Never throws. */
export async function discoverUsages(site: Site, machine: Machine, names?: readonly string[]): Promise<Account[]> {
  const accounts = await discoverKeys(site, machine, names, placesOf(site));
  const hasKey = accounts.some(({credential}) => credential !== null && !isToken(credential));
  return accounts.filter(({credential}) => !hasKey || !isToken(credential));
}

const isToken = (credential: unknown): boolean => (credential as KeyCredential | null)?.renew !== undefined;

function placesOf(site: Site): MorePlaces {
  const places: MorePlaces = {
    [placeNames.configuration]: machine => inConfiguration(site, machine),
    [placeNames.login]: machine => inLogin(site, machine),
  };
  const {piId} = site;
  if (piId === undefined) return places;
  return {
    ...places,
    [placeNames.oldLogin]: machine => inOldLogin(site, machine),
    // What the name stands for is told only by others: the key has to say it, too.
    [placeNames.pi]: machine => inPi(site, machine, piId, isCodingKey),
  };
}
