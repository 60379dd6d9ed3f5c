/** The plans that a credential may name. Business and Enterprise share one pool of credits, whoever uses them. */
export const tiers = ['free', 'student', 'pro', 'pro+', 'max', 'business', 'enterprise'] as const;
export type Tier = (typeof tiers)[number];

/** Copilot CLI's order. */
export const tokenVariables: readonly string[] = ['COPILOT_GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN'];
export const quotaTokenFile = 'copilot-quota-token.json';
export const enterpriseId = 'github-copilot-enterprise';
/** One's own login, and a company's that may stand beside it. */
export const opencodeIds = [['github-copilot', 'copilot', 'copilot-chat', 'github-copilot-chat'], [enterpriseId]];

/** Where logins are looked for, by name. */
export const places = {
  opencode: 'opencode',
  environment: 'environment',
  cli: 'Copilot CLI',
  gh: 'gh',
  editors: 'Copilot editors',
} as const;
