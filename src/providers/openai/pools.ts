import {sanitize} from '../../core/text/sanitize.ts';
import {isRecord, type Json, listOf, toText} from '../shared/values.ts';
import {slug} from '../shared/windows.ts';
import {spendPools} from './spend.ts';

export const codeReview = 'code-review';

/** A limit of its own beside the main one: 'spark', with every element that tells of it. */
export type Pool = {name: string; limits: Json[]};

// No plan has more models with limits of their own; a longer list would only push the real rows off the screen.
const most = 32;

/** The pools of `additional_rate_limits`, each feature once. What cannot be read is skipped one by one. */
export function poolsOf(list: unknown): Pool[] {
  const taken = new Set([codeReview, ...spendPools]);
  return featuresOf(listOf(list)).map(({title, feature, limits}) => {
    const name = freeName(title, feature, taken);
    taken.add(name);
    return {name, limits};
  });
}

type Feature = {title: string; feature: string; limits: Json[]};

/** A feature may be told in several elements, with a window in each. */
function featuresOf(items: unknown[]): Feature[] {
  const features: Feature[] = [];
  for (const item of items) {
    if (!isRecord(item) || !isRecord(item.rate_limit)) continue;
    const title = sanitize(toText(item.limit_name) ?? '');
    const feature = sanitize(toText(item.metered_feature) ?? '');
    const known = features.find(other => isSame(other, {title, feature}));
    if (known !== undefined) known.limits.push(item.rate_limit);
    else if (features.length < most) features.push({title, feature, limits: [item.rate_limit]});
  }
  return features;
}

type Names = Pick<Feature, 'title' | 'feature'>;

/** Two limits without any name cannot be told apart, so neither is taken for the other. */
const isSame = (a: Names, b: Names): boolean =>
  a.feature !== '' && b.feature !== '' ? a.feature === b.feature : a.title !== '' && a.title === b.title;

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
function poolName(title: string, feature: string): string {
  if (spark.test(title) || spark.test(feature)) return 'spark';
  const whole = slug(title || feature);
  const words = whole.split('-');
  const telling = words.findIndex(word => !noise.test(word));
  const short = telling < 0 ? '' : words.slice(telling).join('-');
  return /\p{L}{3}/u.test(short) ? short : whole;
}
