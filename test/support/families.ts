import {catalogue} from '../../src/providers/index.ts';

/** The providers of the invented states and pictures, however many more there are. */
export const families = ['openai', 'copilot', 'google', 'zai', 'zhipu'];

export const familyCatalogue = catalogue.filter(({id}) => families.includes(id));
