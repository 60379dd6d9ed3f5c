import type {Known} from '../../core/latest-reading.ts';
import type {Reading} from '../../core/model.ts';
import {type Account, accountKey, fingerprintOf, type Machine} from '../../core/provider.ts';

type Noted = {provider: string; place: string; source: string; reading: Reading; passive?: Reading; cached?: Known};

const nothingNoted: Reading = {plan: null, windows: [], amounts: [], notes: []};

/** The account whose figures a program notes on this computer: there is no credential, and nothing to request. */
export const notedAccount = (machine: Machine, {provider, place, reading, ...figures}: Noted): Account => ({
  key: accountKey(machine, provider, place),
  provider,
  label: place,
  place,
  credential: reading,
  secrets: [],
  fingerprint: fingerprintOf(machine, provider),
  expiresAt: null,
  stored: false,
  passive: nothingNoted,
  ...figures,
});

/** What was noted. */
export const fetchNoted = async ({credential}: Account): Promise<Reading> => credential as Reading;
