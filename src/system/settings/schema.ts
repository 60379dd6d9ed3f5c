import * as v from 'valibot';
import {mostCustomProviders} from '../../core/custom/definition.ts';
import type {Provider} from '../../core/provider.ts';
import * as core from '../../core/settings.ts';
import {ownThemeName} from '../../core/themes.ts';
import {whyNoLedger} from '../ledger/postgres/address.ts';
import {alertsOf} from './alerts-schema.ts';
import {customDefinitions, customSchema} from './custom-schema.ts';
import {
  flag,
  flagOr,
  described as is,
  isNoneOf,
  listOf,
  numberWithin,
  object,
  oneOf,
  record,
  text,
  withDefaults,
} from './shapes.ts';

/**
 * The shape of config.json: what is allowed, what it means, what holds without it. The checks, their messages and
 * schema/settings.schema.json follow from here.
 */

/**
 * What only the rest of the program knows. Where the actions are not told, any name may have keys; where the user's own
 * themes are not, any name may be one.
 */
export type KnownNames = {
  providers: readonly Pick<Provider, 'id' | 'options'>[];
  actions?: readonly string[];
  themes?: readonly string[];
  /** Ids of providers that the user describes. */
  custom?: readonly string[];
};

const [shortest, longest] = [core.shortestIntervalSeconds, core.longestIntervalSeconds];
export const allowedInterval = `a whole number of seconds from ${shortest} to ${longest}`;
const interval = v.pipe(
  v.number(`must be ${allowedInterval}`),
  v.integer(`must be ${allowedInterval}`),
  // Only told: one that is out of range is not refused (check.ts).
  v.metadata({minimum: shortest, maximum: longest}),
);

const secure = '[hH][tT][tT][pP][sS]://([a-zA-Z0-9.-]+|\\[[0-9a-fA-F:.]+\\])';
const local = '[hH][tT][tT][pP]://([lL][oO][cC][aA][lL][hH][oO][sS][tT]|127([.][0-9]{1,3}){3}|\\[::1\\])';
/** Any value: an address that may not be used is kept (check.ts). */
const address = v.pipe(
  v.unknown(),
  v.transform(
    value => (typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)).trim() || null,
  ),
  v.metadata({type: ['string', 'null'], pattern: `^\\s*((${secure}|${local})(:[0-9]{1,5})?/?)?\\s*$`}),
);

const percent = numberWithin(0, 100);
const texts = listOf(text);
const shapeOf = ({kind}: core.ProviderOption): v.GenericSchema<unknown, string | boolean> =>
  kind === 'switch' ? flag : text;
const {options: _, ...ofEveryProvider} = core.defaultProviderSettings;
const usualEntries = withDefaults(ofEveryProvider, {
  enabled: is('false: neither shown nor polled.', flag),
  intervalSeconds: is(
    `Seconds between two polls; null: the provider’s default. At least ${shortest}.`,
    v.nullable(interval),
  ),
  url: is('Scheme, host and port instead of the service’s own: https, or http on this machine. No path.', address),
});
const providerOf = (options: Provider['options'] = []) =>
  object({
    ...usualEntries,
    ...Object.fromEntries(options.map(option => [option.name, v.optional(is(option.description, shapeOf(option)))])),
  });

const provider = providerOf();
// The address of a provider that the user describes stands in its description.
const {url: _url, ...ofCustom} = usualEntries;
const custom = v.pipe(
  object(ofCustom),
  v.transform(own => ({...own, url: null})),
);
/** What the published schema writes once. */
export const definitions = {provider, texts, ...customDefinitions};

const themeOf = (own: readonly string[] | undefined): v.GenericSchema<unknown, string> =>
  own === undefined
    ? v.union([v.picklist(core.themeNames), v.pipe(v.string(), v.regex(ownThemeName))])
    : oneOf([...core.themeNames, ...own]);

const displayOf = (themes: readonly string[] | undefined) =>
  withDefaults(core.defaultSettings.display, {
    show: is('Whether percentages show what is used or what is left.', oneOf(['used', 'left'])),
    theme: is('auto follows the terminal. Or the name of a theme in themes/.', themeOf(themes)),
    language: is('auto follows the locale.', oneOf(['auto', ...core.languages])),
    privacy: is('true hides e-mail addresses, account names and paths.', flag),
    mouse: is('false leaves the mouse to the terminal.', flag),
    ascii: is('true draws with plain characters only; auto decides by the locale and the terminal.', flagOr('auto')),
    motion: is('off: no animation.', oneOf(['auto', 'on', 'off'])),
  });

const layoutOf = (providers: readonly string[]) =>
  withDefaults(core.defaultSettings.layout, {
    view: is('auto shows panels while all of them fit, else the table.', oneOf(core.viewNames)),
    sort: is(
      'order: as order says; tightest: most used first; reset: soonest reset first; name.',
      oneOf(core.sortNames),
    ),
    agenda: is('false: the next resets are not shown in free room.', flag),
    history: is('false: the history of the focused limit is not shown in free room.', flag),
    folded: is('Providers whose quiet accounts share a row of the table.', listOf(oneOf(providers))),
  });

/** An address may hold a password: nothing of it is quoted. */
const ledger = v.pipe(
  v.string('must be sqlite or postgres://…'),
  v.rawCheck(({dataset, addIssue}) => {
    const why = dataset.typed ? whyNoLedger(dataset.value) : null;
    if (why !== null) addIssue({message: why});
  }),
  v.metadata({pattern: '^(sqlite|\\s*[pP][oO][sS][tT][gG][rR][eE][sS]([qQ][lL])?://.*)$'}),
);

const usual = core.defaultSettings.thresholds;
const thresholds = v.pipe(
  object(
    withDefaults(usual, {
      warn: is('Percentage used at which a limit turns into a warning.', percent),
      critical: is('Percentage used at which a limit becomes critical.', percent),
    }),
  ),
  v.rawCheck(({dataset, addIssue}) => {
    if (!dataset.typed || dataset.issues !== undefined || dataset.value.warn <= dataset.value.critical) return;
    const {warn, critical} = dataset.value;
    addIssue({message: `warn (${warn}) is above critical (${critical}); using ${usual.warn} and ${usual.critical}`});
  }),
);

const eachOf = <T>(names: readonly string[], shapeOf: (name: string) => v.GenericSchema<unknown, T>) => {
  const entries = Object.fromEntries(names.map(name => [name, v.optional(shapeOf(name))]));
  // JSON knows no undefined: a name that is missing is no entry.
  return object(entries, isNoneOf) as v.GenericSchema<unknown, Record<string, T>>;
};

export function settingsSchema({providers, actions, themes, custom: own = []}: KnownNames) {
  const ids = [...providers.map(({id}) => id), ...own];
  const providerShape = (id: string) => {
    if (own.includes(id)) return custom;
    const options = providers.find(each => each.id === id)?.options;
    return options ? providerOf(options) : provider;
  };
  const keys = actions ? eachOf(actions, () => texts) : v.pipe(record, v.record(v.string(), texts));
  return object({
    $schema: v.optional(is('Where an editor finds this schema. The program does not use it.', text)),
    ...withDefaults<Written>(
      {...core.defaultSettings, providers: {}},
      {
        providers: is('By provider. One that is not listed has the defaults.', eachOf(ids, providerShape)),
        order: is('Providers in the order of their panels. Those not listed follow.', listOf(oneOf(ids))),
        display: is('What is drawn, and how.', object(displayOf(themes))),
        layout: is('What stands where.', object(layoutOf(ids))),
        history: is(
          'What is written down of how limits are used.',
          object(
            withDefaults(core.defaultSettings.history, {
              enabled: is('false: nothing is written down, and what was is forgotten.', flag),
            }),
          ),
        ),
        alerts: is('What is worth an alert, when, and by which way.', alertsOf(ids)),
        thresholds: is('warn must not exceed critical.', thresholds),
        keys: is('By action: {"refresh": ["r"]}. The list replaces the default keys; an empty one removes them.', keys),
        hidden: is('Keys of accounts, as in --json, that are neither shown nor polled.', texts),
        customProviders: is(
          'Services of your own: read once at the start.',
          v.pipe(v.array(customSchema), v.maxLength(mostCustomProviders)),
        ),
        ledger: is('sqlite, or the address of a PostgreSQL that many machines share. Read at the start.', ledger),
        machine: is('What other machines call this one; null: its host name.', v.nullable(text)),
      },
    ),
  });
}

/** As the settings, but with a provider's own options beside the others. */
export type Written = Omit<core.Settings, 'providers'> & {providers: Record<string, WrittenProvider>};
export type WrittenProvider = Omit<core.ProviderSettings, 'options'>;
