import {type AmountId, type Note, ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {maybeJson, unexpectedShape} from '../shared/http.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {isRecord, type Json, recordOf, tidy, toNumber, toText} from '../shared/values.ts';
import type {Site} from './sites.ts';

type Told = Pick<Site, 'id' | 'unit' | 'usageUrl'>;

/** Requests the balance once. Throws only `ProviderError`. */
export async function fetchBalance(site: Site, account: Account, wire: Wire): Promise<Reading> {
  const body = await askWithKey(account, wire, {
    url: `https://${site.hosts[0]}/v1/user/info`,
    remedy: {code: 'check-key', url: site.usageUrl},
    meaningOf: ({text}) => (isSpent(maybeJson(text)) ? {code: 'no_plan', remedy: topUp(site)} : undefined),
  });
  return parseBalance(body, site);
}

/** Pure. The body names no currency: it is the site's. Throws `ProviderError` for a response in any other form. */
export function parseBalance(body: unknown, site: Told): Reading {
  if (!isRecord(body)) throw unexpectedShape('no object', body);
  if (isRefusal(body)) throw refusalOf(body, site);
  if (!isRecord(body.data)) throw unexpectedShape('no balance', body);
  // What it calls the balance is the gift alone.
  const [granted, paid] = [toNumber(body.data.balance), toNumber(body.data.chargeBalance)];
  const total = toNumber(body.data.totalBalance) ?? sumOf(granted, paid);
  if (total === undefined) throw unexpectedShape('no balance that can be read', body);
  const values: [AmountId, number | undefined][] = [
    ['balance', total],
    ['balance/granted', granted],
    ['balance/paid', paid],
  ];
  return {
    plan: null,
    windows: [],
    amounts: values.flatMap(([id, value]) => (value === undefined ? [] : [{id, value: value + 0, unit: site.unit}])),
    notes: stateIn(body.data, site),
  };
}

const sumOf = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : toNumber(tidy(one + other));

function stateIn({status}: Json, {id}: Told): Note[] {
  const state = sanitize(toText(status) ?? '', 80);
  return state === '' || state.toLowerCase() === 'normal' ? [] : [{code: `${id}/state`, text: state}];
}

/** Errors come with HTTP 200 too. */
const isRefusal = ({status, code}: Json): boolean => status === false || (code != null && toNumber(code) !== 20_000);
/** "Balance insufficient". */
const isSpent = (body: unknown): boolean => toNumber(recordOf(body).code) === 30_001;

function refusalOf(body: Json, site: Told): ProviderError {
  const number = toNumber(body.code) ?? toText(body.code);
  const parts = [number === undefined ? undefined : `code ${number}`, toText(body.message)];
  const detail = sanitize(parts.filter(Boolean).join(': ')) || 'rejected without a reason';
  return isSpent(body)
    ? new ProviderError('no_plan', {detail, remedy: topUp(site)})
    : new ProviderError('server_error', {detail});
}

const topUp = ({id, usageUrl: url}: Told) => ({code: `${id}/top-up`, url}) as const;
