import type {LoginPlace} from '../../core/login-place.ts';
import {inOpencodeConfig, opencodePlace, storedPlace} from '../shared/login-places.ts';
import {places, type Site} from './sites.ts';

const variables: Record<Site['id'], readonly string[]> = {
  zai: ['ZAI_API_KEY', 'Z_AI_API_KEY', 'ZAI_CODING_PLAN_API_KEY', 'GLM_API_KEY', 'ZHIPU_API_KEY'],
  zhipu: ['ZHIPU_API_KEY', 'ZHIPUAI_API_KEY', 'BIGMODEL_API_KEY', 'ZHIPU_CODING_PLAN_API_KEY', 'GLM_API_KEY'],
};
const shared: Record<Site['id'], string> = {
  zai: 'GLM_API_KEY and ZHIPU_API_KEY only if anything shows that they are for this site',
  zhipu: 'GLM_API_KEY only if anything shows that it is for this site',
};

/** Where keys of a site are looked for: docs/providers/zhipu.md and zai.md. */
export const placesOf = ({id, baseHosts, keyFiles, opencodeIds}: Site): LoginPlace[] => [
  {name: places.environment, variables: variables[id], note: shared[id]},
  storedPlace,
  opencodePlace(opencodeIds),
  {
    name: 'opencode’s configuration',
    variables: ['OPENCODE_CONFIG'],
    files: [...inOpencodeConfig('opencode.jsonc'), ...inOpencodeConfig('opencode.json')],
  },
  {
    name: places.claudeCode,
    variables: ['ANTHROPIC_AUTH_TOKEN'],
    files: ['$CLAUDE_CONFIG_DIR/settings.json', '~/.claude/settings.json'],
    note: `if ANTHROPIC_BASE_URL beside it is on ${baseHosts.join(', ')}`,
  },
  {name: places.helper, files: ['~/.chelper/config.yaml']},
  {name: places.zcode, files: ['~/.zcode/v2/config.json', '~/.zcode/cli/config.json']},
  {
    name: places.keyFiles,
    files: keyFiles.flatMap(file => (file.startsWith('~/') ? file : [`$XDG_CONFIG_HOME/${file}`, `~/.config/${file}`])),
  },
];
