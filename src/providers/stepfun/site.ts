import {isAt, type KeySite} from '../shared/keys.ts';
import {toText} from '../shared/values.ts';

export const variables = ['STEPFUN_API_KEY', 'STEP_API_KEY'] as const;
export const variablesNote = 'unless STEPFUN_BASE_URL or STEP_BASE_URL is for the plan or another site';
const addresses = ['STEPFUN_BASE_URL', 'STEP_BASE_URL'] as const;

const facts = {
  id: 'stepfun',
  hosts: ['api.stepfun.com'],
  // The Step Plan: its windows cannot be read with a key.
  otherPaths: ['/step_plan'],
  opencodeIds: ['stepfun'],
} as const;

export const site: KeySite = {
  ...facts,
  inEnvironment(env) {
    const told = addresses.flatMap(name => toText(env[name]) ?? []);
    return told.every(address => isAt(facts, address)) ? variables.map(source => ({source, key: env[source]})) : [];
  },
};
