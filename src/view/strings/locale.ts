import type {Language, Settings} from '../../core/settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The locale that decides about words: the first of LC_ALL, LC_MESSAGES and LANG that is set, as POSIX orders them. */
export const localeOf = (env: Environment): string => env.LC_ALL || env.LC_MESSAGES || env.LANG || '';

/** The language of the settings; 'auto' follows the locale. Anything but Chinese and Japanese reads English. */
export function languageOf(wanted: Settings['display']['language'], env: Environment): Language {
  if (wanted !== 'auto') return wanted;
  const locale = localeOf(env).toLowerCase();
  if (/^zh\b|^zh_/.test(locale)) return 'zh';
  return /^ja\b|^ja_/.test(locale) ? 'ja' : 'en';
}

// Countries that write 2:05 PM, among the locales whose words we have or fall back from.
const twelveHour = /^(?:en_(?:US|CA|AU|NZ|IN|PH|PK|ZA|SG|HK|MY)|hi_|ko_|es_(?:MX|CO|US))/i;

/** 12- or 24-hour clock: LC_TIME has the last word where LC_ALL is silent. */
export function hourCycleOf(env: Environment): 12 | 24 {
  const locale = env.LC_ALL || env.LC_TIME || env.LANG || '';
  return twelveHour.test(locale.replace('-', '_')) ? 12 : 24;
}

/** A locale that names another character set than UTF-8 gets ASCII; none at all (containers) is taken for UTF-8. */
export function hasUnicode(env: Environment): boolean {
  if (env.TERM === 'linux') return false;
  const {LC_ALL, LC_CTYPE, LANG} = env;
  const locale = localeOf({LC_ALL, LC_MESSAGES: LC_CTYPE, LANG});
  return locale === '' || /utf-?8/i.test(locale) || !/\.|^(?:C|POSIX)$/.test(locale);
}
