import type {Machine} from '../../core/provider.ts';
import {isOn} from './keys.ts';
import {toText} from './values.ts';

/** The variables that name a site, by what they hold: a region's word, an address. */
type Names = {region: string; address: string};

/** Several sites share the variables of their keys: something has to name this one, and nothing may name another. */
export function isNamed(
  env: Machine['env'],
  {region, address}: Names,
  {hosts, regions}: {hosts: readonly string[]; regions: readonly string[]},
): boolean {
  const place = toText(env[address]);
  const word = toText(env[region])?.toLowerCase();
  if (place === undefined && word === undefined) return false;
  return (place === undefined || isOn(hosts, place)) && (word === undefined || regions.includes(word));
}
