import type {DemoService, Provider} from '../core/provider.ts';
import {alibaba} from './alibaba/index.ts';
import {amp} from './amp/index.ts';
import {anthropicApi} from './anthropic-api/index.ts';
import {augment} from './augment/index.ts';
import {chutes} from './chutes/index.ts';
import {claude} from './claude/index.ts';
import {clinepass} from './clinepass/index.ts';
import {codebuff} from './codebuff/index.ts';
import {copilot} from './copilot/index.ts';
import {cursor} from './cursor/index.ts';
import {deepseek} from './deepseek/index.ts';
import {devin} from './devin/index.ts';
import {factory} from './factory/index.ts';
import {gemini} from './gemini/index.ts';
import {google} from './google/index.ts';
import {grok} from './grok/index.ts';
import {infini} from './infini/index.ts';
import {jetbrains} from './jetbrains/index.ts';
import {kilo} from './kilo/index.ts';
import {kimi, kimiGlobal} from './kimi/index.ts';
import {kiro} from './kiro/index.ts';
import {minimax, minimaxCn} from './minimax/index.ts';
import {moonshot, moonshotCn} from './moonshot/index.ts';
import {nanogpt} from './nanogpt/index.ts';
import {novita} from './novita/index.ts';
import {ollamaCloud} from './ollama-cloud/index.ts';
import {openai} from './openai/index.ts';
import {openaiApi} from './openai-api/index.ts';
import {opencodeGo} from './opencode-go/index.ts';
import {openrouter} from './openrouter/index.ts';
import {siliconflow, siliconflowCn} from './siliconflow/index.ts';
import {stepfun} from './stepfun/index.ts';
import {synthetic} from './synthetic/index.ts';
import {volcengine} from './volcengine/index.ts';
import {xai} from './xai/index.ts';
import {zenmux} from './zenmux/index.ts';
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
  factory,
  amp,
  augment,
  codebuff,
  jetbrains,
  devin,
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
  synthetic,
  ollamaCloud,
  chutes,
  nanogpt,
  kilo,
  xai,
  anthropicApi,
  openaiApi,
  stepfun,
  infini,
  novita,
  siliconflow,
  siliconflowCn,
  zenmux,
  volcengine,
  alibaba,
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
