import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

const models = {opus: 'Opus', sonnet: 'Sonnet', haiku: 'Haiku', fable: 'Fable'} as const;

export const words: Record<Language, ProviderWords> = {
  en: {
    pools: {
      ...models,
      routines: 'Routines',
      design: 'Design',
      'oauth-apps': ['Connected apps', 'Apps'],
      extra: ['Extra usage', 'Extra'],
    },
    options: {live: 'live readings'},
    remedies: {
      live: () =>
        'turn on live readings: requests to Anthropic’s undocumented usage endpoint with this login (`providers.claude.live`: true)',
      'status-line': () =>
        'let Claude Code hand over its figures: `mystatus-tui statusline --stdin claude-code` as its status line',
    },
  },
  zh: {
    pools: {
      ...models,
      routines: '例行任务',
      design: '设计',
      'oauth-apps': ['已连接的应用', '应用'],
      extra: ['额外用量', '额外'],
    },
    options: {live: '实时读取'},
    remedies: {
      live: () => '开启实时读取：用此登录请求 Anthropic 未公开文档的用量接口（`providers.claude.live`: true）',
      'status-line': () =>
        '让 Claude Code 提供它的数据：将 `mystatus-tui statusline --stdin claude-code` 设为它的状态行命令',
    },
  },
  ja: {
    pools: {
      ...models,
      routines: 'ルーチン',
      design: 'デザイン',
      'oauth-apps': ['連携アプリ', 'アプリ'],
      extra: ['追加利用', '追加'],
    },
    options: {live: 'ライブ取得'},
    remedies: {
      live: () =>
        'ライブ取得を有効にすると、このログインで Anthropic の非公開の使用量エンドポイントに問い合わせます（`providers.claude.live`: true）',
      'status-line': () =>
        'Claude Code のステータスラインに `mystatus-tui statusline --stdin claude-code` を設定すると、その値を表示します',
    },
  },
};
