import type {Provider} from '../core/provider.ts';
import type {SettingsProblem} from '../core/settings.ts';
import type {OpenSettings} from '../system/settings/control.ts';

type Followed = {
  /** Of all providers; its entries change in place, since everything that polls and draws holds it. */
  providers: Provider[];
  /** As they should be by now. */
  current(): readonly Provider[];
  settings: Pick<OpenSettings, 'store'>;
  /** Ids of those that are described otherwise than before. */
  onChanged(ids: readonly string[]): void;
};

/** Keeps the list up to date while definitions in config.json come, change and go. A broken file changes nothing. */
export function followDefinitions({providers, current, settings: {store}, onChanged}: Followed): void {
  let before = definitionsIn(store);
  store.subscribe(() => {
    const now = definitionsIn(store);
    const isSame = JSON.stringify([...now]) === JSON.stringify([...before]);
    if (isSame || store.get().problems.some(isBroken)) return;
    const changed = [...now].filter(([id, text]) => before.has(id) && before.get(id) !== text).map(([id]) => id);
    before = now;
    providers.splice(0, providers.length, ...current());
    if (changed.length > 0) onChanged(changed);
  });
}

// What only could not be written is no broken file.
const isBroken = ({path, unsaved}: SettingsProblem): boolean => path === 'config.json' && unsaved === undefined;

const definitionsIn = (store: OpenSettings['store']): Map<string, string> =>
  new Map(store.get().settings.customProviders.map(each => [each.id, JSON.stringify(each)]));
