import type {ForecastOf} from '../core/foresight/forecasts.ts';
import type {AccountState, Window} from '../core/model.ts';
import {percent} from '../view/format/use.ts';

/** `guard --max-risk`: how probable is it that a limit runs out before it resets? */

export type RiskOptions = {window?: string | undefined; maxRisk: number; forecastOf: ForecastOf};

type Risk = {account: AccountState; window: Window; percent: number | null};

/** The highest risk decides; one that cannot be told leaves it open, unless another one is too high already. */
export function judgeRisk(
  accounts: readonly AccountState[],
  options: RiskOptions,
): {exitCode: 0 | 1 | 3; line: string} {
  const risks = accounts.flatMap(account => risksOf(account, options));
  const [highest] = risks.filter(({percent}) => percent !== null).sort((a, b) => (b.percent ?? 0) - (a.percent ?? 0));
  if ((highest?.percent ?? 0) > options.maxRisk) return {exitCode: 1, line: `too risky: ${lineOf(highest, options)}`};
  const unknown = risks.find(({percent}) => percent === null);
  if (unknown !== undefined) return {exitCode: 3, line: `cannot tell: ${nameOf(unknown)}: no forecast`};
  if (highest === undefined) return {exitCode: 3, line: 'cannot tell: no window reported'};
  return {exitCode: 0, line: `risk is low enough: ${lineOf(highest, options)}`};
}

const risksOf = (account: AccountState, {window: wanted, forecastOf}: RiskOptions): Risk[] =>
  (account.reading?.windows ?? [])
    .filter(({id, use}) => (wanted === undefined ? use.state !== 'unknown' : id === wanted))
    .map(window => ({account, window, percent: riskOf(account, window, forecastOf)}));

function riskOf(account: AccountState, window: Window, forecastOf: ForecastOf): number | null {
  if (window.use.state === 'unlimited' || window.use.state === 'not-started') return 0;
  const probability = forecastOf(account, window)?.probability ?? null;
  return probability === null ? null : probability * 100;
}

const nameOf = ({account, window}: Risk): string =>
  [account.provider, account.label, window.id].filter(Boolean).join(' ');

const lineOf = (risk: Risk | undefined, {maxRisk}: RiskOptions): string =>
  risk === undefined
    ? ''
    : `${nameOf(risk)}: ${riskText(risk.percent ?? 0, maxRisk)} that it runs out before it resets, ${maxRisk}% allowed`;

/** Never the figure that is allowed where it is more. */
const riskText = (risk: number, most: number): string => percent(risk > most ? Math.ceil(risk) : risk);
