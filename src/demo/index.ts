import {copilotDemo} from './copilot.ts';
import {googleDemo} from './google.ts';
import {openaiDemo} from './openai.ts';
import type {DemoService} from './service.ts';
import {zaiDemo, zhipuDemo} from './zhipu.ts';

/** The invented services of `--demo`, by provider id. */
export const demoServices: Readonly<Record<string, DemoService>> = {
  openai: openaiDemo,
  zhipu: zhipuDemo,
  zai: zaiDemo,
  copilot: copilotDemo,
  google: googleDemo,
};
