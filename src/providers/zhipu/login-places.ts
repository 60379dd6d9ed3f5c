import type {LoginPlace} from '../../core/login-place.ts';
import {inOpencodeConfig, opencodePlace, storedPlace} from '../shared/login-places.ts';
import {places, type Site, zaiSite, zhipuSite} from './sites.ts';

// A key goes to the site that is named most surely, so both look at the names of both.
const variables: Record<Site['id'], readonly string[]> = {
  zai: ['ZAI_API_KEY', 'Z_AI_API_KEY', 'ZAI_CODING_PLAN_API_KEY'],
  zhipu: ['ZHIPU_API_KEY', 'ZHIPUAI_API_KEY', 'BIGMODEL_API_KEY', 'ZHIPU_CODING_PLAN_API_KEY'],
};
const otherOf = ({id}: Site): Site => (id === 'zai' ? zhipuSite : zaiSite);
const pathsOf = ({keyFiles}: Site): string[] =>
  keyFiles.flatMap(file => (file.startsWith('~/') ? file : [`$XDG_CONFIG_HOME/${file}`, `~/.config/${file}`]));
const notTheOthers = 'those of the other site only if anything shows that they are for this one';

/** Where keys of a site are looked for: docs/providers/zhipu.md and zai.md. */
export const placesOf = (site: Site): LoginPlace[] => [
  {
    name: places.environment,
    variables: [...variables[site.id], 'GLM_API_KEY', ...variables[otherOf(site).id]],
    note: `GLM_API_KEY and ${notTheOthers}`,
  },
  storedPlace,
  opencodePlace(site.opencodeIds),
  {
    name: 'opencode’s configuration',
    variables: ['OPENCODE_CONFIG'],
    files: [...inOpencodeConfig('opencode.jsonc'), ...inOpencodeConfig('opencode.json')],
  },
  {
    name: places.claudeCode,
    variables: ['ANTHROPIC_AUTH_TOKEN'],
    files: ['$CLAUDE_CONFIG_DIR/settings.json', '~/.claude/settings.json'],
    note: `if ANTHROPIC_BASE_URL beside it is on ${site.baseHosts.join(', ')}`,
  },
  {name: places.helper, files: ['~/.chelper/config.yaml']},
  {name: places.zcode, files: ['~/.zcode/v2/config.json', '~/.zcode/cli/config.json']},
  {name: places.keyFiles, files: [...pathsOf(site), ...pathsOf(otherOf(site))], note: notTheOthers},
];
