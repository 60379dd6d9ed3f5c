import type {LoginPlace} from '../../core/provider.ts';
import {opencodeConfigPlaces, opencodePlace, storedPlace} from '../shared/login-places.ts';
import type {Site} from './sites.ts';

const variables: Record<Site['id'], readonly string[]> = {
  zai: [
    'ZAI_API_KEY',
    'Z_AI_API_KEY',
    'ZAI_CODING_PLAN_API_KEY',
    'GLM_API_KEY and ZHIPU_API_KEY, if anything shows that they are for this site',
  ],
  zhipu: [
    'ZHIPU_API_KEY',
    'ZHIPUAI_API_KEY',
    'BIGMODEL_API_KEY',
    'ZHIPU_CODING_PLAN_API_KEY',
    'GLM_API_KEY, if anything shows that it is for this site',
  ],
};

/** Where keys of a site are looked for: docs/providers/zhipu.md and zai.md. */
export const placesOf = ({id, baseHosts, keyFiles, opencodeIds}: Site): LoginPlace[] => [
  {name: 'environment', where: variables[id]},
  storedPlace,
  opencodePlace(opencodeIds),
  {
    name: 'opencode’s configuration',
    where: [`opencode.jsonc or opencode.json in ${opencodeConfigPlaces.join(', ')}`, 'OPENCODE_CONFIG'],
  },
  {
    name: 'Claude Code',
    where: [
      `ANTHROPIC_AUTH_TOKEN, if ANTHROPIC_BASE_URL is on ${baseHosts.join(', ')}: in the environment`,
      'in settings.json of $CLAUDE_CONFIG_DIR or ~/.claude',
    ],
  },
  {name: 'the official helper', where: ['~/.chelper/config.yaml']},
  {name: 'ZCode', where: ['~/.zcode/v2/config.json', '~/.zcode/cli/config.json']},
  {name: 'key files', where: keyFiles.map(file => (file.startsWith('~/') ? file : `~/.config/${file}`))},
];
