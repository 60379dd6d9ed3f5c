import {clean} from '../../core/text.ts';
import {isRecord, type Json, listOf, toText} from '../shared/values.ts';
import {slug} from '../shared/windows.ts';
import {spendPools} from './spend.ts';

export const codeReview = 'code-review';

/** A limit of its own beside the main one: 'spark' with its windows. */
export type Pool = {name: string; limit: Json};

// No plan has more models with limits of their own; a longer list would only push the real rows off the screen.
const most = 32;

/** The pools of `additional_rate_limits`, each feature once. What cannot be read is skipped one by one. */
export function poolsOf(list: unknown): Pool[] {
  const taken = new Set([codeReview, ...spendPools]);
  return uniqueFeatures(listOf(list))
    .slice(0, most)
    .map(({title, feature, limit}) => {
      const name = freeName(title, feature, taken);
      taken.add(name);
      return {name, limit};
    });
}

type Feature = {title: string; feature: string; limit: Json};

function uniqueFeatures(items: unknown[]): Feature[] {
  const seen = new Set<string>();
  return items.flatMap(item => {
    if (!isRecord(item) || !isRecord(item.rate_limit)) return [];
    const title = clean(toText(item.limit_name) ?? '');
    const feature = clean(toText(item.metered_feature) ?? '');
    const identity = feature || title;
    if (seen.has(identity)) return [];
    // Two limits without any name cannot be told apart, so neither is taken for the other.
    if (identity !== '') seen.add(identity);
    return [{title, feature, limit: item.rate_limit}];
  });
}

/** The short name, else longer ones, else a number behind it: ids of two pools must differ. */
function freeName(title: string, feature: string, taken: ReadonlySet<string>): string {
  const names = [poolName(title, feature), slug(title || feature), slug(`${title} ${feature}`)];
  const free = names.find(name => !taken.has(name));
  if (free !== undefined) return free;
  for (let count = 2; ; count++) if (!taken.has(`${names[0]}-${count}`)) return `${names[0]}-${count}`;
}

// Meters have code names of their own.
const spark = /(?:^|[^a-z])(?:spark|bengalfox)(?:[^a-z]|$)/i;
// Words in front that say whose model it is and of which generation, but not which.
const noise = /^(?:openai|chatgpt|codex|gpt[\d.]*|v?[\d.]+)$/;

/** 'spark' from 'GPT-5.3-Codex-Spark'. Where nothing telling would be left, the whole name stays: 'gpt-5.5'. */
export function poolName(title: string, feature: string): string {
  if (spark.test(title) || spark.test(feature)) return 'spark';
  const whole = slug(title || feature);
  const words = whole.split('-');
  const telling = words.findIndex(word => !noise.test(word));
  const short = telling < 0 ? '' : words.slice(telling).join('-');
  return /\p{L}{3}/u.test(short) ? short : whole;
}
