import {expect, it} from 'vitest';
import {defaultProviderSettings, defaultSettings, enabledProviders} from '../../src/core/settings.ts';

it('providers come in the order of the settings, then in that of the catalogue', () => {
  const catalogue = ['a', 'b', 'c', 'd'].map(id => ({id}));
  const settings = {
    ...defaultSettings,
    order: ['c', 'a'],
    providers: {b: {...defaultProviderSettings, enabled: false}},
  };
  expect(enabledProviders(catalogue, settings).map(({id}) => id)).toEqual(['c', 'a', 'd']);
});
