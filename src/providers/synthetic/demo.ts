import type {DemoService} from '../../core/provider.ts';

const key = 'demo-synthetic-0123456789';
const minute = 60_000;
const day = 24 * 60 * minute;

/** Synthetic: a busy week, a block that refills, and some searches. */
export const demo: DemoService = {
  files: () => ({'.pi/agent/auth.json': JSON.stringify({synthetic: {type: 'api_key', key}})}),
  answer({method, path, headers}, now) {
    if (method !== 'GET' || path !== '/v2/quotas') return {status: 404, body: {error: 'Not Found'}};
    if (headers.authorization !== `Bearer ${key}`) return {status: 401, body: {error: 'Unauthorized'}};
    return {status: 200, body: quotasAt(now)};
  },
};

const at = (time: number): string => new Date(time).toISOString();

const quotasAt = (now: number) => ({
  subscription: {limit: 500, requests: 0, renewsAt: at(now + 7 * day)},
  search: {hourly: {limit: 250, requests: 35, renewsAt: at(now + 22 * minute)}},
  weeklyTokenLimit: {
    ...{nextRegenAt: at(now + 40 * minute), percentRemaining: 37.5},
    ...{maxCredits: '$36.00', remainingCredits: '$13.50', nextRegenCredits: '$0.72'},
  },
  rollingFiveHourLimit: {
    ...{nextTickAt: at(now + 9 * minute), tickPercent: 0.05},
    ...{remaining: 389.25, max: 500, limited: false},
  },
});
