import type {DemoService, Provider} from '../core/provider.ts';
import {claude} from './claude/index.ts';
import {clinepass} from './clinepass/index.ts';
import {copilot} from './copilot/index.ts';
import {cursor} from './cursor/index.ts';
import {deepseek} from './deepseek/index.ts';
import {gemini} from './gemini/index.ts';
import {google} from './google/index.ts';
import {grok} from './grok/index.ts';
import {kimi, kimiGlobal} from './kimi/index.ts';
import {kiro} from './kiro/index.ts';
import {minimax, minimaxCn} from './minimax/index.ts';
import {moonshot, moonshotCn} from './moonshot/index.ts';
import {openai} from './openai/index.ts';
import {opencodeGo} from './opencode-go/index.ts';
import {openrouter} from './openrouter/index.ts';
import {siliconflow, siliconflowCn} from './siliconflow/index.ts';
import {zai, zhipu} from './zhipu/index.ts';

/** The catalogue. What else a new provider takes: docs/adding-a-provider.md. */
export const catalogue: readonly Provider[] = [
  openai,
  copilot,
  google,
  zai,
  zhipu,
  claude,
  cursor,
  kiro,
  grok,
  clinepass,
  gemini,
  kimi,
  kimiGlobal,
  minimax,
  minimaxCn,
  openrouter,
  opencodeGo,
  deepseek,
  moonshot,
  moonshotCn,
  siliconflow,
  siliconflowCn,
];

/** Variables by which other tools say where their logins are kept. */
export const pathVariables: readonly string[] = [...new Set(catalogue.flatMap(each => each.pathVariables ?? []))];

/** The invented services of these providers, by id. */
export async function demoServices(
  isMeant: (provider: Provider) => boolean = () => true,
): Promise<Record<string, DemoService>> {
  return Object.fromEntries(
    await Promise.all(catalogue.filter(isMeant).map(async ({id, demo}) => [id, await demo()] as const)),
  );
}
