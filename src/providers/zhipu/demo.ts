import type {DemoAnswer, DemoRequest, DemoService} from '../../core/provider.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const quotaPath = '/api/monitor/usage/quota/limit';

const zhipuKey = 'demo-zhipu-0123456789.KeyOfNobody';
const zaiKey = 'demo-zai-0123456789.KeyOfNobody';

/** Zhipu AI: a plan of the second generation, percentages only, five hours not started, search calls counted. */
const zhipuDemo: DemoService = {
  files: () => ({'.config/zhipu/api_key': `${zhipuKey}\n`}),
  answer: (request, now) => answered(request, zhipuKey, percentPlan(now)),
};

/** Z.ai: a credit plan whose week is nearly gone. */
const zaiDemo: DemoService = {
  files: () => ({'.chelper/config.yaml': `lang: en_US\nplan: glm_coding_plan_global\napi_key: "${zaiKey}"\n`}),
  answer: (request, now) => answered(request, zaiKey, creditPlan(now)),
};

/** As both sites do it: a wrong key is told inside an answer with status 200. */
function answered({method, path, headers}: DemoRequest, key: string, data: object): DemoAnswer {
  if (method !== 'GET' || path.split('?')[0] !== quotaPath)
    return {status: 404, body: {timestamp: null, status: 404, error: 'Not Found', path}};
  if (headers.authorization === undefined)
    return {status: 200, body: {code: 1001, msg: 'Authorization not received', success: false}};
  if (headers.authorization !== key)
    return {status: 200, body: {code: 401, msg: 'token expired or incorrect', success: false}};
  return {status: 200, body: {code: 200, msg: 'Operation successful', data, success: true}};
}

const percentPlan = (now: number) => ({
  limits: [
    {type: 'TOKENS_LIMIT', unit: 3, number: 5, percentage: 0},
    // These plans write their week as 6×7, the ones with credits as 6×1.
    {type: 'TOKENS_LIMIT', unit: 6, number: 7, percentage: 42, nextResetTime: now + 4 * day + 7 * hour},
    {
      type: 'TIME_LIMIT',
      unit: 5,
      number: 1,
      usage: 1000,
      currentValue: 190,
      remaining: 810,
      percentage: 19,
      nextResetTime: now + 17 * day,
      usageDetails: [
        {modelCode: 'search-prime', usage: 131},
        {modelCode: 'web-reader', usage: 52},
        {modelCode: 'zread', usage: 7},
      ],
    },
  ],
  level: 'pro',
});

const creditPlan = (now: number) => ({
  limits: [
    credits(5, 3, 12_000, 2_160, now + 3 * hour + 12 * minute),
    credits(1, 6, 60_000, 58_830, now + day + 9 * hour),
  ],
  level: 'pro',
});

const credits = (number: number, unit: number, usage: number, currentValue: number, nextResetTime: number) => ({
  type: 'CREDIT_LIMIT',
  unit,
  number,
  usage,
  currentValue,
  remaining: usage - currentValue,
  percentage: Math.floor((currentValue * 100) / usage),
  nextResetTime,
});

export const demoOf = {zai: zaiDemo, zhipu: zhipuDemo};
