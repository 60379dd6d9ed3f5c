#!/usr/bin/env node
// What Fireworks has billed since the first of this month (UTC). mystatus-tui runs it with FIREWORKS_API_KEY; the arguments
// are the address, and the account's id where the key belongs to several.
const [origin, wanted] = process.argv.slice(2);
const codes = {401: 'auth_rejected', 403: 'scope_missing', 429: 'rate_limited'};

class Failure extends Error {
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}

async function get(path) {
  const headers = {authorization: `Bearer ${process.env.FIREWORKS_API_KEY}`, accept: 'application/json'};
  const response = await fetch(`${origin}${path}`, {
    headers,
    redirect: 'error',
    signal: AbortSignal.timeout(8000),
  }).catch(error => {
    throw new Failure(error.name === 'TimeoutError' ? 'timeout' : 'network', error.cause?.code ?? error.message);
  });
  const {status} = response;
  if (response.ok) return response.json();
  throw new Failure(codes[status] ?? (status >= 500 ? 'server_error' : 'bad_response'), `HTTP ${status}`);
}

async function account() {
  const {accounts = []} = await get('/v1/accounts');
  const ids = accounts.map(({name}) => String(name).replace(/^accounts\//, ''));
  const [id] = wanted === undefined ? ids : ids.filter(each => each === wanted);
  if (id === undefined) throw new Failure('no_plan', 'the key has no such account');
  if (wanted === undefined && ids.length > 1) throw new Failure('bad_response', 'several accounts: add an id to "run"');
  return id;
}

/** Whole dollars and billionths; none where nothing was billed, or in several currencies. */
function spend(lines) {
  const costs = lines.map(({totalCost}) => totalCost);
  const [currency, ...others] = new Set(costs.map(({currencyCode}) => currencyCode.toLowerCase()));
  if (others.length > 0) throw new Failure('bad_response', 'billed in several currencies');
  const billionths = costs.reduce(
    (sum, {units = 0, nanos = 0}) => sum + BigInt(units) * 1_000_000_000n + BigInt(nanos),
    0n,
  );
  return currency === undefined ? [] : [{id: 'spend', value: Number(billionths) / 1e9, unit: currency}];
}

async function output() {
  try {
    const now = new Date();
    const start = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth()));
    const period = new URLSearchParams({startTime: start.toISOString(), endTime: now.toISOString()});
    const path = `/v1/accounts/${encodeURIComponent(await account())}/billing/summary?${period}`;
    const {lineItems} = await get(path);
    return {amounts: spend(lineItems)};
  } catch (error) {
    const code = error instanceof Failure ? error.code : 'bad_response';
    return {failure: {code, detail: error.message}};
  }
}

console.log(JSON.stringify({schema: 'mystatus-provider/v1', ...(await output())}));
