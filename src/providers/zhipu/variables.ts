import type {Machine} from '../../core/provider.ts';
import {firstOf, toText} from '../shared/values.ts';
import {type Finding, finding, namedFor, type Place, placeOfAddress} from './findings.ts';
import {ownerOfAddress, type Site, sites} from './sites.ts';

/** The variable that opencode takes for any of the sites' providers, and the site whose own it is. */
export const opencodesVariable = 'ZHIPU_API_KEY';
export const siteOfOpencodesVariable: Site['id'] = 'zhipu';

/** Without a site of its own a variable counts only where something says for which site it is. */
type Variable = Place & {name: string};

/** Variables in which tools keep a key, in the order in which they are preferred. */
const variables: readonly Variable[] = [
  {name: 'ZAI_API_KEY', site: 'zai', certainty: 'own'},
  // Z.ai's programs read it for both sites, and a mode beside it says for which.
  {name: 'Z_AI_API_KEY', site: 'zai', certainty: 'likely'},
  {name: 'ZAI_CODING_PLAN_API_KEY', site: 'zai', certainty: 'own'},
  // opencode takes it for its providers of both sites.
  {name: opencodesVariable, site: siteOfOpencodesVariable, certainty: 'shared'},
  {name: 'ZHIPUAI_API_KEY', site: 'zhipu', certainty: 'own'},
  {name: 'BIGMODEL_API_KEY', site: 'zhipu', certainty: 'own'},
  {name: 'ZHIPU_CODING_PLAN_API_KEY', site: 'zhipu', certainty: 'own'},
  {name: 'GLM_API_KEY', site: null, certainty: 'shared'},
];

type Environment = Machine['env'];

export async function inEnvironment({env}: Machine): Promise<Finding[]> {
  const keys = variables.flatMap(({name, site, certainty}) =>
    finding(placeBeside(name, env) ?? {site, certainty}, name, env[name], 'replace-credential'),
  );
  return [...keys, ...besideOpenaiAddress(env)];
}

/** What may stand beside a variable and say for which site its key is. */
type Beside = {platforms: readonly string[]; addresses: readonly string[]};
const besides: Readonly<Record<string, Beside>> = {
  GLM: {
    platforms: ['GLM_PLATFORM', 'GLM_REGION'],
    addresses: ['GLM_BASE_URL', 'GLM_API_BASE', 'GLM_API_BASE_URL', 'GLM_API_URL', 'GLM_API_HOST'],
  },
  ZAI: {
    platforms: ['ZAI_PLATFORM', 'ZAI_MODE', 'ZAI_REGION'],
    addresses: ['ZAI_BASE_URL', 'ZAI_API_BASE', 'ZAI_API_BASE_URL', 'ZAI_API_URL', 'ZAI_API_HOST'],
  },
  Z_AI: {
    platforms: ['Z_AI_MODE', 'Z_AI_PLATFORM', 'Z_AI_REGION'],
    addresses: ['Z_AI_API_HOST', 'Z_AI_BASE_URL', 'Z_AI_API_BASE', 'Z_AI_API_URL', 'Z_AI_QUOTA_URL'],
  },
  ZHIPU: {
    platforms: ['ZHIPU_PLATFORM', 'ZHIPU_REGION'],
    addresses: ['ZHIPU_BASE_URL', 'ZHIPU_API_BASE', 'ZHIPU_API_BASE_URL', 'ZHIPU_API_URL', 'ZHIPU_API_HOST'],
  },
  ZHIPUAI: {platforms: [], addresses: ['ZHIPUAI_BASE_URL', 'ZHIPUAI_API_BASE', 'ZHIPUAI_API_URL']},
  BIGMODEL: {platforms: [], addresses: ['BIGMODEL_BASE_URL', 'BIGMODEL_API_BASE', 'BIGMODEL_API_URL']},
};

function placeBeside(name: string, env: Environment): Place | null {
  const beside = besides[name.replace(/(?:_CODING_PLAN)?_API_KEY$/, '')];
  return beside === undefined ? null : (placeOfPlatform(beside, env) ?? placeOfHost(beside, env));
}

function placeOfPlatform({platforms}: Beside, env: Environment): Place | null {
  const site = platforms.flatMap(name => siteOfPlatform(toText(env[name])) ?? []).at(0);
  if (site !== undefined) return namedFor(site);
  // A mode or a region may be one of many things; a platform that nobody knows is another one.
  const isAnother = platforms.some(name => name.endsWith('_PLATFORM') && toText(env[name]) !== undefined);
  return isAnother ? {site: 'elsewhere', certainty: 'own', isHint: true} : null;
}

const siteOfPlatform = (text: string | undefined): Site | undefined =>
  text === undefined ? undefined : sites.find(({platforms}) => platforms.includes(text.toLowerCase()));

function placeOfHost({addresses}: Beside, env: Environment): Place | null {
  const address = firstOf(env, addresses, toAddress);
  const owner = address === undefined ? null : ownerOfAddress(address);
  if (owner === null) return null;
  return owner === 'elsewhere' ? {site: owner, certainty: 'own', isHint: true} : {site: owner, certainty: 'named'};
}

// 'coding' is no address, whatever the variable is called.
const toAddress = (value: unknown): string | undefined => {
  const text = toText(value);
  return text?.includes('.') || text?.includes('://') ? text : undefined;
};

/** Many tools speak to these sites as to OpenAI: what they use there shows whose a key is, and is no login of ours. */
function besideOpenaiAddress(env: Environment): Finding[] {
  const address = firstOf(env, ['OPENAI_BASE_URL', 'OPENAI_API_BASE'], toText);
  const place = address === undefined ? null : placeOfAddress(address);
  return place === null
    ? []
    : finding({...place, isHint: true}, 'OPENAI_API_KEY', env.OPENAI_API_KEY, 'replace-credential');
}
