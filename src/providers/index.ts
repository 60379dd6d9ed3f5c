import type {Provider} from '../core/provider.ts';
import {copilot} from './copilot/index.ts';
import {google} from './google/index.ts';
import {openai} from './openai/index.ts';
import {zai, zhipu} from './zhipu/index.ts';

/** The catalogue: the one shared line that a new provider needs. */
export const catalogue: readonly Provider[] = [openai, copilot, google, zai, zhipu];
