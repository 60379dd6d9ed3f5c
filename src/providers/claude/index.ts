import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {keyPathVariables, opencodePlace} from '../shared/login-places.ts';
import {id, live, opencodeIds, places, variable} from './ids.ts';
import {words} from './words.ts';

/** Claude subscriptions: see docs/providers/claude.md */
const ownLine =
  '{claude.5h.window} {claude.5h.used}{if claude.weekly.used} · {claude.weekly.window} {claude.weekly.used}{end}';

export const claude: Provider = lazyProvider(
  {
    id,
    name: 'Claude',
    usageUrl: 'https://claude.ai/settings/usage',
    intervalSeconds: {default: 300, floor: 180, byHand: 60},
    hosts: ['api.anthropic.com'],
    inDemo: true,
    sends: 'access token, and only if `providers.claude.live` is true',
    windowIds: ['5h', 'weekly', '<model>/weekly', 'routines/weekly', 'design/weekly', 'extra/monthly'],
    places: [
      {
        name: places.claudeCode,
        files: [
          '$CLAUDE_SECURESTORAGE_CONFIG_DIR/.credentials.json',
          ...['.credentials.json', '.config.json', '.claude.json'].map(file => `$CLAUDE_CONFIG_DIR/${file}`),
          '~/.claude/.credentials.json',
          '~/.claude/.config.json',
          '~/.claude.json',
        ],
      },
      {...opencodePlace(opencodeIds), note: 'if Claude Code has no login'},
      {name: places.environment, variables: [variable], note: 'if nothing else is found'},
    ],
    options: [
      {
        name: live,
        kind: 'switch',
        description: 'true: requests usage from Anthropic with the login of Claude Code. false: no request.',
      },
    ],
    pathVariables: [...keyPathVariables, 'CLAUDE_SECURESTORAGE_CONFIG_DIR'],
    handed: {
      name: 'claude-code',
      place: places.claudeCode,
      line: {
        format: `{if claude.5h.used}${ownLine}{else}{tightest}{end}`,
        about: "Claude Code's status line, which hands its figures over",
      },
      windows: async (value, now) => (await import('./status-line.ts')).parseStatusLine(value, now),
    },
    words,
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetchUsage,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
