import type {DemoService} from '../../core/provider.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Volcengine: a Coding Plan in the middle of its week, and an Agent Plan that was hardly used. */
export const demo: DemoService = {
  files: () => ({'.arkcli/identities/volc-demo/metadata.json': JSON.stringify({source: 'arkcli'})}),
  programs: now => ({
    arkcli: {'--version': 'arkcli version 1.0.3', 'usage plan --format json': JSON.stringify(usage(now))},
  }),
  // arkcli asks the service, not we.
  answer: () => ({status: 404, body: {error: 'Not Found'}}),
};

const usage = (now: number) => ({
  viewer: {auth_method: 'sso', profile: 'default'},
  items: [
    {product: 'coding-plan', edition: 'personal', subscribed: true, periods: coding(now)},
    {product: 'agent-plan', edition: 'personal', tier: 'small', subscribed: true, periods: agent(now)},
  ],
});

const coding = (now: number) => [
  {label: 'session', percent: 38.5, reset_at: now + 2.4 * hour},
  {label: 'weekly', percent: 61.25, reset_at: now + 2.8 * day},
  {label: 'monthly', percent: 24.1, reset_at: now + 17 * day},
];

const agent = (now: number) => [
  {label: '5h', used: 60, total: 1000, percent: 6, reset_at: now + 3.1 * hour},
  {label: 'weekly', used: 400, total: 5000, percent: 8, reset_at: now + 2.8 * day},
  {label: 'monthly', used: 1000, total: 20_000, percent: 5, reset_at: now + 17 * day},
];
