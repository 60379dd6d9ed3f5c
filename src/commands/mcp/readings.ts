import type {MonitorState} from '../../core/model.ts';
import type {Services} from '../../core/services.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {nothingToRank, rankedAccounts} from '../../output/best.ts';
import {type BestReport, bestReport} from '../../output/best-text.ts';
import {type Report, toReport} from '../../output/report.ts';
import {englishWith} from '../../view/strings/providers.ts';
import {absentFor, forecastsFrom} from '../program.ts';
import {unknownWord} from './arguments.ts';
import {readDue} from './read-due.ts';
import type {BestArguments, QuotasArguments} from './schemas.ts';

/** What the tools and the resource answer with: `--json` and `best --json`, and beside them what these say on stderr. */
type Noticed<T> = T & {notices: string[]};

export async function quotas(
  services: Services,
  {provider, account}: QuotasArguments,
  signal: AbortSignal,
): Promise<Noticed<Report>> {
  const ids = idsIn(provider, services);
  const state = onlyOf(await readDue(services, ids, signal), ids);
  const report = reportOf(state, services);
  const accounts = report.accounts.filter(each => account === undefined || each.account === account);
  const missing = account !== undefined && accounts.length === 0 ? [sanitize(`no account ${account}`)] : [];
  return {...report, accounts, notices: [...absentFor(account, services), ...missing]};
}

/** From the ledger alone. */
export async function readings(services: Services, signal: AbortSignal): Promise<Noticed<Report>> {
  const state = await readDue(services, [], signal);
  return {...reportOf(state, services), notices: absentFor(undefined, services)};
}

export async function ranking(
  services: Services,
  {provider, window}: BestArguments,
  signal: AbortSignal,
): Promise<Noticed<BestReport>> {
  const ids = idsIn(provider, services);
  const state = onlyOf(await readDue(services, ids, signal), ids);
  const options = {now: services.now(), window, forecastOf: forecastsFrom(services)};
  const ranked = rankedAccounts(state, options);
  const nothing = ranked.length === 0 ? [sanitize(nothingToRank(state, options), 400)] : [];
  return {
    ...bestReport(reportOf(state, services), ranked),
    notices: [...absentFor(undefined, services), ...nothing],
  };
}

function reportOf(state: MonitorState, services: Services): Report {
  const {privacy} = services.settings.store.get().settings.display;
  const words = englishWith(services.catalogue);
  return toReport(state, {now: services.now(), privacy, words, forecastOf: forecastsFrom(services)});
}

/** The providers that are meant; all where none is named. Throws at one that there is not. */
export function idsIn(provider: string | undefined, {catalogue}: Pick<Services, 'catalogue'>): string[] {
  const known = catalogue.map(({id}) => id);
  if (provider === undefined) return known;
  const ids = provider.split(',').map(id => id.trim().toLowerCase());
  for (const id of ids) if (!known.includes(id)) throw new Error(unknownWord('provider', id, known));
  return ids;
}

export const onlyOf = (state: MonitorState, ids: readonly string[]): MonitorState => ({
  ...state,
  providers: state.providers.filter(({id}) => ids.includes(id)),
});
