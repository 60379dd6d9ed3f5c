import {recordedBy, type Usage} from '../core/foresight/usage.ts';
import type {Ledger, LedgerRow} from '../core/ledger.ts';
import {type InventedUse, inventedUse} from './demo-history.ts';
import {createMemoryLedger} from './ledger/memory.ts';

/** The ledger of the demo: in memory, and with a past of each limit from its first reading on. */
export function createDemoLedger(): Ledger {
  const memory = createMemoryLedger();
  const kept = new Map<string, InventedUse>();

  function of(account: string, id: string): InventedUse {
    const name = `${account} ${id}`;
    const row = memory.row(account);
    const window = row?.reading?.windows.find(each => each.id === id);
    const known = kept.get(name);
    if (known !== undefined || window?.use.state !== 'known' || row?.readAt == null) return known ?? none;
    const invented = inventedUse(window, row.readAt, name);
    kept.set(name, invented);
    return invented;
  }

  function settle(row: LedgerRow, now: number): void {
    for (const [id, {usage, turns}] of recordedBy(memory.row(row.key), row, () => null)) {
      const own = kept.get(`${row.key} ${id}`);
      own?.turns.push(...turns);
      for (const each of usage) if (own !== undefined) addTo(own.usage, each);
    }
    memory.settle(row, now);
  }

  return {
    ...memory,
    settle,
    usageOf: (account, window) => of(account, window).usage,
    recordOf: (account, window) => (of(account, window).usage.length === 0 ? null : {held: 10, of: 12}),
    history: (since, account) =>
      memory.rows().flatMap(({key, reading}) =>
        (account !== undefined && account !== key ? [] : (reading?.windows ?? [])).flatMap(({id}) => {
          const {usage, turns} = of(key, id);
          const isSince = ({at}: {at: number}): boolean => at * 1000 >= since;
          const own = {account: key, window: id, usage: usage.filter(isSince), turns: turns.filter(isSince)};
          return usage.length === 0 ? [] : [own];
        }),
      ),
  };
}

const none: InventedUse = {usage: [], turns: []};

/** As the ledger's file adds a row to what stands there of its span. */
function addTo(usage: Usage[], {span, at, last, peak, added, seen, bridged}: Usage): void {
  const own = usage.findLast(each => each.span === span && each.at === at);
  if (own === undefined) {
    usage.push({span, at, last, peak, added, seen, bridged});
    return;
  }
  own.last = last;
  own.peak = Math.max(own.peak, peak);
  own.added += added;
  own.seen = Math.min(span, own.seen + seen);
  own.bridged &&= bridged;
}
