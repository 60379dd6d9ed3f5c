import type {CallToolResult, McpServer, ServerContext} from '@modelcontextprotocol/server';
import type {Services} from '../../core/services.ts';
import {argumentsOf} from './arguments.ts';
import {quotas, ranking, readings} from './readings.ts';
import {
  type BestArguments,
  bestArguments,
  longestWaitSeconds,
  type QuotasArguments,
  quotasArguments,
  quotasShape,
  rankingShape,
  type WaitArguments,
  waitArguments,
  waitedShape,
} from './schemas.ts';
import type {Sdk} from './sdk.ts';
import {waitForReset} from './wait-tool.ts';
import type {Watch} from './watch.ts';

const readingsUri = 'mystatus://readings';

export type Context = {
  sdk: Sdk;
  services: Services;
  watch: Watch;
  /** Nobody waits any more. */
  ending: AbortSignal;
};

const instructions = `How much of the AI coding subscriptions on this computer is used, when their limits reset, and which account has the most left. Look before you start expensive work. A call costs no quota: it reads what mystatus-tui keeps, and polls a service at most as often as its monitor would.`;

const costs = 'Costs no quota. Usually at once; up to 15 s if a reading is due.';
const readOnly = {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true};

/** `era`: 'legacy' until the revision of 2026, whose clients subscribe by another message. */
export function createServer(context: Context, era: 'legacy' | 'modern'): McpServer {
  const server = new context.sdk.McpServer(
    {name: 'mystatus-tui', title: 'mystatus-tui', version: context.services.version},
    {capabilities: {tools: {listChanged: false}, resources: {listChanged: false, subscribe: true}}, instructions},
  );
  addQuotas(server, context);
  addBest(server, context);
  addWait(server, context);
  addReadings(server, context);
  followReadings(server, context, era);
  return server;
}

function addQuotas(server: McpServer, {sdk, services}: Context): void {
  server.registerTool(
    'list_quotas',
    {
      title: 'List quotas',
      description: `Every account and its limits: percent used and left, when each limit resets, and when it probably runs out. ${costs}`,
      inputSchema: argumentsOf<QuotasArguments>(sdk, quotasArguments),
      outputSchema: sdk.fromJsonSchema(quotasShape),
      annotations: readOnly,
    },
    async (asked, {mcpReq}) => answer(await quotas(services, asked, mcpReq.signal)),
  );
}

function addBest(server: McpServer, {sdk, services}: Context): void {
  server.registerTool(
    'best_account',
    {
      title: 'Best account',
      description: `The accounts in the order in which to use them: first those whose limits last, with the most left. The first one is the best. ${costs}`,
      inputSchema: argumentsOf<BestArguments>(sdk, bestArguments),
      outputSchema: sdk.fromJsonSchema(rankingShape),
      annotations: readOnly,
    },
    async (asked, {mcpReq}) => answer(await ranking(services, asked, mcpReq.signal)),
  );
}

function addWait(server: McpServer, {sdk, services, ending}: Context): void {
  server.registerTool(
    'wait_for_reset',
    {
      title: 'Wait for a reset',
      description: `Waits until a limit has reset, or until enough is left again; at most maxSeconds (${longestWaitSeconds}). Costs no quota, but time: look at resetsAt first, and do not wait for a reset that is hours away.`,
      inputSchema: argumentsOf<WaitArguments>(sdk, waitArguments),
      outputSchema: sdk.fromJsonSchema(waitedShape),
      annotations: {...readOnly, idempotentHint: false},
    },
    async (asked, {mcpReq}) =>
      answer(await waitForReset(services, asked, AbortSignal.any([mcpReq.signal, ending]), progressOf(mcpReq, asked))),
  );
}

/** Told only to those who want it, and never less than before. */
function progressOf({_meta, notify}: ServerContext['mcpReq'], {maxSeconds}: WaitArguments) {
  const progressToken = _meta?.progressToken;
  let told = -1;
  return (progress: number, message: string): void => {
    if (progressToken === undefined || progress <= told) return;
    told = progress;
    const params = {progressToken, progress, message, ...(maxSeconds === undefined ? {} : {total: maxSeconds})};
    notify({method: 'notifications/progress', params}).catch(() => {});
  };
}

function addReadings(server: McpServer, {services}: Context): void {
  const mimeType = 'application/json';
  server.registerResource(
    'readings',
    readingsUri,
    {
      title: 'Readings',
      description: 'The last reading of every account, as list_quotas gives them; from the ledger, without a request.',
      mimeType,
    },
    async ({href: uri}, {mcpReq}) => {
      const report = await readings(services, mcpReq.signal);
      return {contents: [{uri, mimeType, text: JSON.stringify(report)}]};
    },
  );
}

function followReadings({server}: McpServer, {watch, sdk}: Context, era: 'legacy' | 'modern'): void {
  let isSubscribed = era === 'modern';
  watch.listen(() => {
    if (isSubscribed) server.sendResourceUpdated({uri: readingsUri}).catch(() => {});
  });
  if (era === 'modern') return;
  server.setRequestHandler('resources/subscribe', ({params: {uri}}) => {
    if (uri !== readingsUri) throw new sdk.ResourceNotFoundError(uri);
    isSubscribed = true;
    watch.start();
    return {};
  });
  server.setRequestHandler('resources/unsubscribe', ({params: {uri}}) => {
    if (uri === readingsUri) isSubscribed = false;
    return {};
  });
}

/** The same twice: for programs that read the structure, and for those that show texts. */
const answer = <T extends Record<string, unknown>>(structuredContent: T): CallToolResult => ({
  content: [{type: 'text', text: JSON.stringify(structuredContent)}],
  structuredContent,
});
