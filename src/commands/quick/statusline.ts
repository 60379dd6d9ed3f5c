import {languages} from '../../core/settings.ts';
import {colorMarkups, escapes} from '../../output/markup.ts';
import {statuslinePresets} from '../../output/statusline-presets.ts';
import {known} from '../../providers/known.ts';
import {relativePlaces} from '../../system/paths.ts';
import {runStatusline} from '../statusline.ts';
import {readOptions} from './options.ts';

/** `statusline`, without what other programs hand over. */
export async function answer([, ...argv]: readonly string[]): Promise<number | null> {
  const asked = readOptions(argv, {
    switches: ['privacy'],
    values: {
      format: /./,
      preset: Object.keys(statuslinePresets),
      color: colorMarkups,
      escape: escapes,
      lang: languages,
      provider: known.providers.map(({id}) => id),
    },
  });
  const isElsewhere = relativePlaces(process.env, process.platform).own.length > 0;
  return asked === null || isElsewhere ? null : runStatusline(asked);
}
