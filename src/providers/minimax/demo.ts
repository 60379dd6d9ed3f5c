import type {DemoAnswer, DemoRequest, DemoService} from '../../core/provider.ts';

const key = 'sk-cp-demo-minimax-0123456789';
const keyInChina = 'sk-cp-demo-minimax-cn-0123456789';
const hour = 3_600_000;
const day = 24 * hour;

function answered({method, path, headers}: DemoRequest, secret: string, body: object): DemoAnswer {
  if (method !== 'GET' || path !== '/v1/token_plan/remains') return {status: 404, body: '404 page not found'};
  if (headers.authorization !== `Bearer ${secret}`)
    return {status: 200, body: {base_resp: {status_code: 1004, status_msg: 'cookie is missing, log in again'}}};
  return {status: 200, body: {...body, base_resp: {status_code: 0, status_msg: 'success'}}};
}

/** The block of the site's day and its week, both from `zone` hours east of Greenwich. */
function times(now: number, zone: number) {
  const local = now + zone * hour;
  const midnight = Math.floor(local / day) * day - zone * hour;
  const block = Math.min(4, Math.floor((now - midnight) / (5 * hour)));
  const monday = midnight - ((Math.floor(local / day) + 3) % 7) * day;
  return {
    start_time: midnight + block * 5 * hour,
    end_time: Math.min(midnight + (block + 1) * 5 * hour, midnight + day),
    weekly_start_time: monday,
    weekly_end_time: monday + 7 * day,
    midnight,
  };
}

const text = (now: number, zone: number, left: number, weekLeft: number) => {
  const {midnight: _, ...rest} = times(now, zone);
  return {
    model_name: 'general',
    ...rest,
    current_interval_total_count: 0,
    current_interval_usage_count: 0,
    current_interval_status: 1,
    current_interval_remaining_percent: left,
    current_weekly_total_count: 0,
    current_weekly_usage_count: 0,
    current_weekly_status: 1,
    current_weekly_remaining_percent: weekLeft,
  };
};

const video = (now: number) => {
  const {midnight, weekly_start_time, weekly_end_time} = times(now, 0);
  return {
    model_name: 'video',
    start_time: midnight,
    end_time: midnight + day,
    weekly_start_time,
    weekly_end_time,
    current_interval_total_count: 3,
    current_interval_usage_count: 2,
    current_interval_status: 1,
    current_interval_remaining_percent: 66,
    current_weekly_total_count: 21,
    current_weekly_usage_count: 12,
    current_weekly_status: 1,
    current_weekly_remaining_percent: 57,
  };
};

/** MiniMax: a plan with videos; in China one with a raised allowance and bought credits. */
export const demoOf: Record<'minimax' | 'minimax-cn', DemoService> = {
  minimax: {
    files: () => ({'.mmx/config.json': JSON.stringify({api_key: key, region: 'global'})}),
    answer: (request, now) =>
      answered(request, key, {model_remains: [text(now, 0, 71, 48), video(now)], current_subscribe_title: 'Plus'}),
  },
  'minimax-cn': {
    files: () => ({
      '.config/opencode/opencode.jsonc': JSON.stringify({
        provider: {'minimax-cn-coding-plan': {options: {apiKey: keyInChina}}},
      }),
    }),
    answer: (request, now) =>
      answered(request, keyInChina, {
        model_remains: [{...text(now, 8, 12, 64), weekly_boost_permille: 1500}],
        current_subscribe_title: 'Max',
        points_balance: '1250.5',
      }),
  },
};
