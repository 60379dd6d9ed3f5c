import type {TrackRecord} from '../../../core/foresight/outlook.ts';
import type {Usage} from '../../../core/foresight/usage.ts';
import type {SeriesHistory} from '../../../core/ledger.ts';
import type {Past} from './past.ts';

/** The past as it was last read from the database; null where it was not. */
export function createMemory() {
  let all: SeriesHistory[] | null = null;
  let records = new Map<string, TrackRecord>();
  return {
    async read(past: Past, since: number): Promise<void> {
      all = await past.history(since);
      records = await past.records();
    },
    async readRecords(past: Past): Promise<void> {
      records = await past.records();
    },
    history: (since: number): SeriesHistory[] | null =>
      all?.map(series => ({
        ...series,
        usage: series.usage.filter(({at}) => at * 1000 >= since),
        turns: series.turns.filter(({at}) => at * 1000 >= since),
      })) ?? null,
    usageOf: (account: string, window: string): Usage[] | undefined =>
      all?.find(each => each.account === account && each.window === window)?.usage,
    recordOf: (account: string, window: string): TrackRecord | undefined => records.get(`${account} ${window}`),
    forget(account: string | undefined): void {
      all = all?.filter(each => account !== undefined && each.account !== account) ?? null;
      records = new Map([...records].filter(([name]) => account !== undefined && !name.startsWith(`${account} `)));
    },
  };
}
export type Memory = ReturnType<typeof createMemory>;
