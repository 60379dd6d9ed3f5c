import type {DemoService} from '../../core/provider.ts';
import {infoKey, stateFile} from './names.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Windsurf Pro, as the editor noted it: a busy day. */
export const demo: DemoService = {
  files: () => ({}),
  stores: now => ({[`.config/Windsurf/${stateFile}`]: {[infoKey]: JSON.stringify(infoAt(now))}}),
  answer: () => ({status: 404, body: 'There is no such service.'}),
};

const infoAt = (now: number) => ({
  planName: 'Pro',
  quotaUsage: {
    ...{dailyRemainingPercent: 27, dailyResetAtUnix: Math.round((now + 6 * hour) / 1000)},
    ...{weeklyRemainingPercent: 64, weeklyResetAtUnix: Math.round((now + 3.2 * day) / 1000)},
  },
});
