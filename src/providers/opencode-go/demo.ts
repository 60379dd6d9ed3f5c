import type {DemoService} from '../../core/provider.ts';

const key = 'demo-opencode-go-0123456789';
const hour = 3_600_000;
const day = 24 * hour;

const errorOf = (type: string, message: string) => ({type: 'error', error: {type, message}});
/** Made from the moment of the request, as the service does. */
const limit = (percent: number, resetsAt: number) => ({
  status: percent < 100 ? 'ok' : 'rate-limited',
  percent,
  resetsAt: new Date(resetsAt).toISOString(),
});

function usageAt(now: number) {
  const monday = Math.floor((now / day + 3) / 7) * 7 * day - 3 * day;
  return {
    rolling: limit(34, now + 2.2 * hour),
    weekly: limit(57, monday + 7 * day),
    monthly: limit(81, now + 12 * day),
  };
}

/** opencode Go: a third of the block, most of the month. */
export const demo: DemoService = {
  files: () => ({'.local/share/opencode/auth.json': JSON.stringify({'opencode-go': {type: 'api', key}})}),
  answer({method, path, headers}, now) {
    if (method !== 'GET' || path !== '/zen/go/v1/usage') return {status: 404, body: 'Not Found'};
    if (headers.authorization !== `Bearer ${key}`) return {status: 401, body: errorOf('AuthError', 'Unauthorized')};
    return {status: 200, body: {usage: usageAt(now)}};
  },
};
