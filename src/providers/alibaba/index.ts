import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {bl, id, names} from './program.ts';
import {words} from './words.ts';

/** Limits of the plans of Alibaba Cloud Model Studio, as its own program tells them: see docs/providers/alibaba.md. */
export const alibaba: Provider = lazyProvider(
  {
    id,
    name: 'Alibaba Bailian',
    usageUrl: 'https://bailian.console.aliyun.com/',
    intervalSeconds: {default: 600, floor: 300, byHand: 60},
    hosts: [],
    sends: 'nothing: bl asks the service itself',
    windowIds: ['5h', 'weekly', 'monthly', 'coding/5h', 'coding/weekly', 'coding/monthly'],
    places: [
      {
        name: bl.name,
        variables: ['DASHSCOPE_ACCESS_TOKEN'],
        programs: names,
        files: ['$BAILIAN_CONFIG_DIR/config.json', '~/.bailian/config.json'],
        note: 'the program, and a login of it to the console',
      },
    ],
    pathVariables: ['BAILIAN_CONFIG_DIR'],
    words,
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetchUsage,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
