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
  /** Names under which tools keep a key of this site alone in the environment. */
  environment: readonly string[];
  /** What `GLM_PLATFORM` may say to give `GLM_API_KEY`, which tools use for either site, to this one. */
  platforms: readonly string[];
  /** Ids in opencode's stores of logins, and in its configuration. */
  opencodeIds: readonly string[];
  opencodeConfigIds: readonly string[];
  /** Hosts of base URLs that show for which site a tool was set up. */
  baseHosts: readonly string[];
  /** `plan` in the file of the sites' own helper. */
  helperPlan: string;
  /** Files that hold one key, below the configuration directory or, with `~/`, below home. */
  keyFiles: readonly string[];
  /** Whether a team's key is told apart by organization and project. */
  hasTeams: boolean;
};

export const zhipuSite: Site = {
  id: 'zhipu',
  name: 'Zhipu AI',
  usageUrl: 'https://bigmodel.cn/coding-plan/personal/usage',
  quotaUrl: 'https://open.bigmodel.cn/api/monitor/usage/quota/limit',
  hosts: ['open.bigmodel.cn', 'bigmodel.cn'],
  environment: ['ZHIPU_API_KEY', 'ZHIPUAI_API_KEY', 'BIGMODEL_API_KEY', 'ZHIPU_CODING_PLAN_API_KEY'],
  platforms: ['zhipu', 'zhipuai', 'bigmodel', 'china', 'cn'],
  opencodeIds: ['zhipuai-coding-plan', 'zhipu-coding-plan', 'zhipuai', 'zhipu'],
  opencodeConfigIds: ['zhipuai-coding-plan', 'zhipu-coding-plan', 'zhipuai', 'zhipu'],
  baseHosts: ['open.bigmodel.cn', 'dev.bigmodel.cn', 'bigmodel.cn'],
  helperPlan: 'glm_coding_plan_china',
  keyFiles: ['bigmodel/api_key', 'zhipu/api_key', '~/.coding-relay/glm-api-key'],
  hasTeams: true,
};

export const zaiSite: Site = {
  id: 'zai',
  name: 'Z.ai',
  usageUrl: 'https://z.ai/manage-apikey/coding-plan/personal/usage',
  quotaUrl: 'https://api.z.ai/api/monitor/usage/quota/limit',
  hosts: ['api.z.ai'],
  environment: ['ZAI_API_KEY', 'Z_AI_API_KEY', 'ZAI_CODING_PLAN_API_KEY'],
  platforms: ['zai', 'z.ai', 'z_ai', 'global', 'international'],
  opencodeIds: ['zai-coding-plan', 'zai'],
  opencodeConfigIds: ['zai-coding-plan', 'zai', 'glm', 'glm-coding-plan'],
  baseHosts: ['api.z.ai'],
  helperPlan: 'glm_coding_plan_global',
  keyFiles: ['zai/key.json'],
  hasTeams: false,
};

/** True for an https URL on exactly one of the site's hosts: neither a name that ends alike nor one before an `@`. */
export function isOfSite(site: Site, url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  const {protocol, hostname} = new URL(url);
  return protocol === 'https:' && site.baseHosts.includes(hostname.toLowerCase());
}
