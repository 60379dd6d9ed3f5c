/**
 * Two sites, one software, two companies in law: a key of one is never sent to the other. Everything in which they
 * differ stands here, so that no code has to ask which of them it serves.
 */
export type Site = {
  id: 'zhipu' | 'zai';
  name: string;
  usageUrl: string;
  quotaUrl: string;
  hosts: readonly string[];
  /** What a variable such as `GLM_PLATFORM` or `Z_AI_MODE` may say to give the key beside it to this site. */
  platforms: readonly string[];
  /** Ids in opencode's stores of logins, and in its configuration. */
  opencodeIds: readonly string[];
  /** Further ids that people choose in its configuration for a provider of their own. */
  opencodeOwnIds: readonly string[];
  /** The site's domain, and the hosts of base URLs for which a tool has keys of this site. */
  domain: string;
  baseHosts: readonly string[];
  /** `plan` in the file of the sites' own helper. */
  helperPlan: string;
  /** The id of the coding plan in ZCode's configuration, and what those of the site's other offers begin with. */
  zcodeId: string;
  zcodePrefix: string;
  /** Files that hold one key, below the configuration directory or, with `~/`, below home. */
  keyFiles: readonly string[];
  /** Of these, the ones whose name does not say for which site they are. */
  vagueKeyFiles: readonly string[];
  /** Whether a team's key is told apart by organization and project. */
  hasTeams: boolean;
};

/** Where keys are looked for, by name; the two places of opencode are read as one. */
export const places = {
  environment: 'environment',
  opencode: 'opencode',
  claudeCode: 'Claude Code',
  helper: 'the official helper',
  zcode: 'ZCode',
  keyFiles: 'key files',
} as const;

export const zhipuSite: Site = {
  id: 'zhipu',
  name: 'Zhipu AI',
  usageUrl: 'https://bigmodel.cn/coding-plan/personal/usage',
  quotaUrl: 'https://open.bigmodel.cn/api/monitor/usage/quota/limit',
  hosts: ['open.bigmodel.cn', 'bigmodel.cn'],
  platforms: ['zhipu', 'zhipuai', 'bigmodel', 'bigmodel-cn', 'china', 'cn'],
  opencodeIds: ['zhipuai-coding-plan', 'zhipu-coding-plan', 'zhipuai', 'zhipu'],
  opencodeOwnIds: [],
  domain: 'bigmodel.cn',
  baseHosts: ['open.bigmodel.cn', 'dev.bigmodel.cn', 'bigmodel.cn'],
  helperPlan: 'glm_coding_plan_china',
  zcodeId: 'builtin:bigmodel-coding-plan',
  zcodePrefix: 'builtin:bigmodel',
  keyFiles: ['bigmodel/api_key', 'zhipu/api_key', '~/.coding-relay/glm-api-key'],
  vagueKeyFiles: ['~/.coding-relay/glm-api-key'],
  hasTeams: true,
};

export const zaiSite: Site = {
  id: 'zai',
  name: 'Z.ai',
  usageUrl: 'https://z.ai/manage-apikey/coding-plan/personal/usage',
  quotaUrl: 'https://api.z.ai/api/monitor/usage/quota/limit',
  hosts: ['api.z.ai'],
  platforms: ['zai', 'z.ai', 'z_ai', 'global', 'international', 'intl'],
  opencodeIds: ['zai-coding-plan', 'zai'],
  opencodeOwnIds: ['glm', 'glm-coding-plan'],
  domain: 'z.ai',
  baseHosts: ['api.z.ai'],
  helperPlan: 'glm_coding_plan_global',
  zcodeId: 'builtin:zai-coding-plan',
  zcodePrefix: 'builtin:zai',
  keyFiles: ['zai/key.json'],
  vagueKeyFiles: [],
  hasTeams: false,
};

export const sites: readonly Site[] = [zhipuSite, zaiSite];

/** True for an https URL on exactly one of the site's hosts: neither a name that ends alike nor one before an `@`. */
export function isOfSite(site: Site, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const {protocol, hostname} = new URL(url);
  return protocol === 'https:' && site.baseHosts.includes(hostname.toLowerCase());
}

/** Whose keys go to an address: a site's, somebody else's; null for an address on this machine, which may pass them on. */
export function ownerOfAddress(address: string): Site['id'] | 'elsewhere' | null {
  const url = /^[a-z][a-z+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(url)) return 'elsewhere';
  const host = new URL(url).hostname.toLowerCase();
  if (isLoopback(host)) return null;
  return sites.find(({domain}) => host === domain || host.endsWith(`.${domain}`))?.id ?? 'elsewhere';
}

const isLoopback = (host: string): boolean =>
  /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(host);
