import type {Amount, Share, Unit, Window} from '../../core/model.ts';
import {type Currency, isCurrency} from '../../core/vocabulary.ts';
import type {Strings} from '../strings/index.ts';
import {percent} from './use.ts';

/** '12,345.67' with at most `decimals`, zeros at the end dropped. All our languages group by three with a comma. */
export function count(value: number, decimals = 0): string {
  if (Math.abs(value) >= 1e15) return value.toExponential(2);
  const [whole = '0', fraction = ''] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  const rest = fraction.replace(/0+$/, '');
  const text = rest === '' ? grouped : `${grouped}.${rest}`;
  return value < 0 && text !== '0' ? `-${text}` : text;
}

/** How a currency is written, and its smallest coin. */
type Coinage = {format: Intl.NumberFormat; coin: number};
const coinages = new Map<Currency, Coinage>();
/** One spelling in every language, and no two currencies alike: '$', 'CN¥', '¥', '€'. */
function coinageOf(currency: Currency): Coinage {
  const known = coinages.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', {style: 'currency', currency});
  const own = {format, coin: 10 ** -(format.resolvedOptions().maximumFractionDigits ?? 2)};
  coinages.set(currency, own);
  return own;
}

/** '$4.48', '¥1,200'; less than its smallest coin is '<$0.01', never '$0.00'. */
export function money(value: number, currency: Currency): string {
  const size = Math.abs(value);
  const plain = plainMoney(size, currency);
  if (plain !== null) return value < 0 ? `-${plain}` : plain;
  const {format, coin} = coinageOf(currency);
  const text = size > 0 && size < coin / 2 ? `<${format.format(coin)}` : format.format(size);
  return value < 0 ? `-${text}` : text;
}

const signs: Partial<Record<Currency, string>> = {usd: '$', cny: 'CN¥', eur: '€'};

/** What has no more than two decimals needs no rounding; to make what formats all currencies takes as long as a frame. */
function plainMoney(size: number, currency: Currency): string | null {
  const sign = signs[currency];
  const text = size.toFixed(2);
  if (sign === undefined || size >= 1e15 || Number(text) !== size) return null;
  const [whole = '', cents = ''] = text.split('.');
  return `${sign}${whole.replace(/\B(?=(?:\d{3})+$)/g, ',')}.${cents}`;
}

const scales = [
  {from: 1e12, mark: 'T'},
  {from: 1e9, mark: 'B'},
  {from: 1e6, mark: 'M'},
  {from: 1e3, mark: 'K'},
] as const;

/** '200M', '1.5M', '12.3K', '999': at most one decimal, and none from 100 of a unit up. */
export function compact(value: number): string {
  // 999,950 would round to 1000K: it is 1M.
  const scale = scales.find(({from}) => Math.abs(value) >= from * 0.99995);
  if (scale === undefined || Math.abs(value) < 999.5) return count(value);
  const scaled = value / scale.from;
  return `${count(scaled, Math.abs(scaled) < 99.95 ? 1 : 0)}${scale.mark}`;
}

/** A quantity in its unit, without the unit's name except where it is part of the number ('$4.48', '12%'). */
export function quantity(value: number, unit: Unit): string {
  if (isCurrency(unit)) return money(value, unit);
  switch (unit) {
    case 'percent':
      return percent(value);
    case 'tokens':
      return compact(value);
    case 'credits':
      return count(value, 2);
    case 'characters':
      return compact(value);
    case 'requests':
    case 'calls':
    case 'points':
    case 'count':
      return count(value, Number.isInteger(value) ? 0 : 2);
  }
}

// A count is of what its label names: 'Limit resets left 2'.
const namesItself = (unit: Unit): unit is Currency | 'percent' | 'count' =>
  unit === 'percent' || unit === 'count' || isCurrency(unit);

/** '796.25 credits', '$4.48'. */
export const quantityWithUnit = (value: number, unit: Unit, strings: Strings): string =>
  namesItself(unit) ? quantity(value, unit) : strings.withUnit(quantity(value, unit), strings.units[unit]);

/** '796.25 credits', '420.5 of 1,000 credits' where there is a cap. */
export const amountText = ({value, limit, unit}: Amount, strings: Strings): string =>
  limit === undefined ? quantityWithUnit(value, unit, strings) : quantityOfLimit(value, limit, unit, strings);
export const shareText = (share: Share, strings: Strings): string => quantityWithUnit(share.value, share.unit, strings);

/** '12 of 300 requests' where the service told absolute numbers; null where it did not. */
export function absoluteText(window: Window, strings: Strings): string | null {
  const {use, unit} = window;
  if (use.state !== 'known' && use.state !== 'unlimited') return null;
  const limit = use.state === 'known' ? use.limit : undefined;
  if (use.used === undefined || unit === 'percent') return null;
  if (limit === undefined) return quantityWithUnit(use.used, unit, strings);
  return quantityOfLimit(use.used, limit, unit, strings);
}

const quantityOfLimit = (value: number, limit: number, unit: Unit, strings: Strings): string =>
  strings.ofLimit(quantity(value, unit), quantity(limit, unit), namesItself(unit) ? '' : strings.units[unit]).trimEnd();
