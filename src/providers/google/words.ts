import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {
    pools: {
      gemini: 'Gemini',
      'claude-gpt': ['Claude + GPT', 'Claude'],
    },
    notes: {
      cached: ({time}) => `figures cached by the plugin${time === undefined ? '' : `, read ${time}`}`,
      'production-only': () => 'only the production host responded; its Gemini figures are unreliable',
    },
    remedies: {
      client: () =>
        'install the opencode Antigravity plugin, or set ANTIGRAVITY_OAUTH_CLIENT_ID and ANTIGRAVITY_OAUTH_CLIENT_SECRET',
      project: ({name}) =>
        `use ${name === undefined ? 'another project ID' : `a project ID other than ${name}`}, or none: this account has no licence or permission for it`,
    },
  },
  zh: {
    pools: {
      gemini: 'Gemini',
      'claude-gpt': ['Claude + GPT', 'Claude'],
    },
    notes: {
      cached: ({time}) => `插件缓存的数据${time === undefined ? '' : `，读取于 ${time}`}`,
      'production-only': () => '只有生产环境的服务器有响应；其 Gemini 数据不可靠',
    },
    remedies: {
      client: () =>
        '安装 opencode 的 Antigravity 插件，或设置 ANTIGRAVITY_OAUTH_CLIENT_ID 和 ANTIGRAVITY_OAUTH_CLIENT_SECRET',
      project: ({name}) =>
        `改用${name === undefined ? '' : ` ${name} 以外的`}其他项目 ID，或不填：此账号没有该项目的许可或权限`,
    },
  },
  ja: {
    pools: {
      gemini: 'Gemini',
      'claude-gpt': ['Claude + GPT', 'Claude'],
    },
    notes: {
      cached: ({time}) => `プラグインがキャッシュした値です${time === undefined ? '' : `（${time} 取得）`}`,
      'production-only': () => '本番サーバーのみ応答しました。Gemini の値は信頼できません',
    },
    remedies: {
      client: () =>
        'opencode の Antigravity プラグインをインストールするか、ANTIGRAVITY_OAUTH_CLIENT_ID と ANTIGRAVITY_OAUTH_CLIENT_SECRET を設定してください',
      project: ({name}) =>
        `${name === undefined ? '別の' : `${name} 以外の`}プロジェクト ID を使うか、指定を外してください。このアカウントにはそのライセンスか権限がありません`,
    },
  },
};
